// The problem document, and the place that findings show too.
#include "plimsoll/codec/problem.h"

#include <cstddef>

#include "codec/shapes.h"

namespace plimsoll {
namespace {

constexpr Member kLocationMembers[] = {
    PLIMSOLL_MEMBER("row", Location, row).from(1).says("Spreadsheet row; the header is row 1."),
    PLIMSOLL_MEMBER("column", Location, column).or_null(),
    PLIMSOLL_MEMBER("field", Location, field)
        .or_null()
        .says("Query parameter, header or JSON path."),
};

std::string problem_type(const Error& error) {
  return "urn:plimsoll:problem:" + std::string(code_name(error.code));
}
std::string_view problem_title(const Error& error) { return code_title(error.code); }
std::string_view problem_code(const Error& error) { return code_name(error.code); }
int problem_status(const Error& error) { return http_status(error.code); }

using members::given;

constexpr Member kProblemMembers[] = {
    given<problem_type>("type")
        .like("^urn:plimsoll:problem:[a-z_]+$")
        .says("Stable identifier of the kind of problem."),
    given<problem_title>("title"),
    given<problem_status>("status").from(400).to(599),
    given<message>("detail").says("One sentence for people."),
    given<problem_code>("code").like("^[a-z_]+$").says("The stable code, last part of type."),
    PLIMSOLL_MEMBER("location", Error, where).of(kLocationShape),
    PLIMSOLL_MEMBER("found", Error, found),
    PLIMSOLL_MEMBER("expected", Error, expected),
    PLIMSOLL_MEMBER("fix", Error, fix),
};

}  // namespace

constinit const Shape kLocationShape(kLocationMembers, "Location");
constinit const Shape kProblemShape =
    Shape(kProblemMembers, "Problem").titled("A problem document (RFC 9457)");

std::string encode_problem(const Error& error) { return write_document(&error, kProblemShape); }

}  // namespace plimsoll
