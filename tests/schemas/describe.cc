// Prints the JSON Schemas of all documents, one object by name, from the tables of members that
// write them: docs/schemas and web/src/engine/types.ts are made from it
// (tests/schemas/generate.mjs).
#include <array>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/shapes.h"
#include "api/window_document.h"
#include "codec/members.h"
#include "codec/shapes.h"
#include "data/report_json.h"
#include "evaluate/shapes.h"
#include "forecast/prophet/interchange/forecast_json.h"
#include "plan/plan_document.h"

namespace plimsoll {
namespace {

struct Document {
  const char* name;
  const Shape* shape;
};

const std::array kDocuments = {Document{"cross-validation", &kCrossValidationShape},
                               Document{"forecast", &kForecastShape},
                               Document{"health", &kHealthShape},
                               Document{"model", &kModelShape},
                               Document{"model-validation", &kModelValidationShape},
                               Document{"models-info", &kModelsInfoShape},
                               Document{"plan", &kPlanShape},
                               Document{"problem", &kProblemShape},
                               Document{"search", &kSearchShape},
                               Document{"validation", &kReportShape},
                               Document{"window", &kWindowDocumentShape}};

constexpr const char* kMomentPattern =
    R"(^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$)";
constexpr const char* kDayPattern = R"(^\d{4}-\d{2}-\d{2}$)";

const Document* document_of(const Shape* shape) {
  for (const Document& document : kDocuments) {
    if (document.shape == shape) return &document;
  }
  return nullptr;
}

std::vector<std::string> split(const char* constants) {
  std::vector<std::string> parts(1);
  for (const char* c = constants; *c != '\0'; ++c) {
    if (*c == '|') {
      parts.emplace_back();
    } else {
      parts.back() += *c;
    }
  }
  return parts;
}

// Describes one document; the objects in it become its `$defs`.
class Describer {
 public:
  std::string describe(const Document& document) {
    Writer out;
    out.begin_object();
    out.member("$schema", "https://json-schema.org/draft/2020-12/schema");
    out.member("$id", "urn:plimsoll:schema:" + std::string(document.name));
    out.member("title", document.shape->title);
    write_content(out, *document.shape);
    // Describing a definition may meet further ones.
    if (!waiting_.empty()) {
      out.key("$defs");
      out.begin_object();
      while (!waiting_.empty()) {
        const auto [name, shape] = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        out.key(name);
        out.begin_object();
        write_content(out, *shape);
        out.end_object();
      }
      out.end_object();
    }
    out.end_object();
    return out.take();
  }

 private:
  // The members as they stand in the object: those of nameless parts among them.
  static void gather(const Shape& shape, std::vector<const Member*>& members) {
    for (const Member& member : shape.members) {
      if (member.name == nullptr && member.shape != nullptr) {
        gather(*member.shape, members);
      } else {
        members.push_back(&member);
      }
    }
  }

  void write_content(Writer& out, const Shape& shape) {
    std::vector<const Member*> members;
    gather(shape, members);
    out.member("type", "object");
    out.key("properties");
    out.begin_object();
    for (const Member* const member : members) {
      out.key(member->name);
      write_member(out, *member);
    }
    out.end_object();
    out.key("required");
    out.begin_array();
    for (const Member* const member : members) {
      if (!member->left_out && !member->series) out.value(member->name);
    }
    out.end_array();
    out.member("additionalProperties", false);
  }

  static bool is_list(const Member& member) {
    return member.container != nullptr && member.container->list;
  }

  static bool is_nullable(const Member& member) {
    if (member.note.nullable || member.null_if_empty) return true;
    const Container* const held = member.container;
    const bool is_optional = held != nullptr && !held->list && !member.note.never_null;
    const bool may_be_absent = member.absent != nullptr || is_optional;
    return may_be_absent && !member.left_out;
  }

  void write_member(Writer& out, const Member& member) {
    out.begin_object();
    if (is_nullable(member)) {
      write_or_null(out, [&] { write_container(out, member); });
    } else {
      write_container(out, member);
    }
    if (member.note.summary != nullptr) out.member("description", member.note.summary);
    out.end_object();
  }

  template <class Write>
  static void write_or_null(Writer& out, Write write) {
    out.key("anyOf");
    out.begin_array();
    out.begin_object();
    write();
    out.end_object();
    out.begin_object();
    out.member("type", "null");
    out.end_object();
    out.end_array();
  }

  void write_container(Writer& out, const Member& member) {
    if (member.map) return write_map(out, member);
    if (!is_list(member)) return write_value(out, member);
    out.member("type", "array");
    out.key("items");
    out.begin_object();
    if (member.note.gaps) {
      write_or_null(out, [&] { write_value(out, member); });
    } else {
      write_value(out, member);
    }
    out.end_object();
  }

  void write_map(Writer& out, const Member& member) {
    out.member("type", "object");
    if (member.names.empty()) {
      out.key("additionalProperties");
      write_item(out, *member.shape);
      return;
    }
    out.key("properties");
    out.begin_object();
    for (const std::string_view name : member.names) {
      out.key(name);
      write_item(out, *member.shape);
    }
    out.end_object();
    if (member.note.all) {
      out.key("required");
      out.begin_array();
      for (const std::string_view name : member.names) out.value(name);
      out.end_array();
    }
    out.member("additionalProperties", false);
  }

  // An item of a map: an object, or the value of its only, nameless member.
  void write_item(Writer& out, const Shape& shape) {
    const Member& only = shape.members.front();
    const bool is_bare = shape.members.size() == 1 && only.name == nullptr &&
                         (only.form != Form::kObject || only.container != nullptr);
    out.begin_object();
    if (is_bare) {
      write_container(out, only);
    } else {
      write_reference(out, shape);
    }
    out.end_object();
  }

  std::string content_of(const Shape& shape) {
    Writer out;
    out.begin_object();
    write_content(out, shape);
    out.end_object();
    return out.take();
  }

  void write_reference(Writer& out, const Shape& shape) {
    if (const Document* const document = document_of(&shape)) {
      return out.member("$ref", "urn:plimsoll:schema:" + std::string(document->name));
    }
    const auto [known, is_new] = named_.try_emplace(shape.name, &shape);
    if (is_new) {
      waiting_.emplace(shape.name, &shape);
    } else if (known->second != &shape && content_of(shape) != content_of(*known->second)) {
      // They would be one type to who reads the schema.
      std::cerr << "two different objects are called " << shape.name << '\n';
      std::exit(1);
    }
    out.member("$ref", "#/$defs/" + std::string(shape.name));
  }

  void write_value(Writer& out, const Member& member) {
    if (member.note.constants != nullptr) return write_constants(out, member);
    switch (member.form) {
      case Form::kText:
        out.member("type", "string");
        if (member.note.pattern != nullptr) out.member("pattern", member.note.pattern);
        return;
      case Form::kNumber:
      case Form::kUsage:
        return write_number(out, "number", member.note);
      case Form::kInteger:
      case Form::kSmallInteger:
        return write_number(out, "integer", member.note);
      case Form::kBoolean:
        return out.member("type", "boolean");
      case Form::kChoice:
        out.key("enum");
        out.begin_array();
        for (const std::string_view name : member.names) out.value(name);
        return out.end_array();
      case Form::kMoment:
      case Form::kLocalMoment:
        out.member("type", "string");
        return out.member("pattern", kMomentPattern);
      case Form::kDay:
        out.member("type", "string");
        return out.member("pattern", kDayPattern);
      case Form::kObject:
        return write_reference(out, *member.shape);
      case Form::kCounts:
        out.member("type", "object");
        out.key("additionalProperties");
        out.begin_object();
        out.member("type", "integer");
        out.member("minimum", 0);
        return out.end_object();
      case Form::kAutoOrBoolean:
      case Form::kAutoOrOrder:
        return write_auto_or(out, member.form);
    }
  }

  static void write_auto_or(Writer& out, Form form) {
    out.key("anyOf");
    out.begin_array();
    out.begin_object();
    out.member("const", "auto");
    out.end_object();
    out.begin_object();
    out.member("type", "boolean");
    out.end_object();
    if (form == Form::kAutoOrOrder) {
      out.begin_object();
      out.member("type", "integer");
      out.member("minimum", 0);
      out.end_object();
    }
    out.end_array();
  }

  static void write_number(Writer& out, const char* type, const Note& note) {
    out.member("type", type);
    const auto bound = [&](const std::optional<double>& value, const char* inclusive,
                           const char* exclusive) {
      if (!value) return;
      out.key(note.open ? exclusive : inclusive);
      // Bounds of integers are integers.
      if (*value == static_cast<double>(static_cast<std::int64_t>(*value))) {
        out.value(static_cast<std::int64_t>(*value));
      } else {
        out.value(*value);
      }
    };
    bound(note.least, "minimum", "exclusiveMinimum");
    bound(note.most, "maximum", "exclusiveMaximum");
  }

  static void write_constant(Writer& out, Form form, const std::string& text) {
    if (form == Form::kBoolean) return out.value(text == "true");
    if (form == Form::kInteger || form == Form::kSmallInteger) return out.value(std::stoi(text));
    out.value(text);
  }

  static void write_constants(Writer& out, const Member& member) {
    const std::vector<std::string> constants = split(member.note.constants);
    if (constants.size() == 1) {
      out.key("const");
      return write_constant(out, member.form, constants.front());
    }
    out.key("enum");
    out.begin_array();
    for (const std::string& constant : constants) write_constant(out, member.form, constant);
    out.end_array();
  }

  std::map<std::string, const Shape*> named_;
  std::map<std::string, const Shape*> waiting_;
};

}  // namespace
}  // namespace plimsoll

int main() {
  std::cout << '{';
  const char* comma = "";
  for (const plimsoll::Document& document : plimsoll::kDocuments) {
    std::cout << comma << '"' << document.name << "\":" << plimsoll::Describer().describe(document);
    comma = ",\n";
  }
  std::cout << "}\n";
}
