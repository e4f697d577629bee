#include "http_body.h"

#include <algorithm>

#include "http_head.h"

namespace plimsoll::native {
namespace {

// More are leading zeros, or far too much.
constexpr int kMaxSizeDigits = 16;
// From here on a body is given all the room that it says it needs.
constexpr std::size_t kLong = 1024UL * 1024;
// Bytes of all extensions and trailers of one body.
constexpr std::size_t kMaxOverhead = 16384;

Error malformed(std::string found, std::string expected) {
  return {ErrorCode::kInvalidParameter, {}, std::move(found), std::move(expected), ""};
}

Error too_large(std::string found, std::uint64_t most) {
  return {
      ErrorCode::kTooLarge, {}, std::move(found), "at most " + std::to_string(most) + " bytes", ""};
}

Error malformed_trailer() {
  return malformed("a malformed line after the last chunk", "an empty line, or Name: value");
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

BodyReader::BodyReader(State state, std::uint64_t left, std::uint64_t max_bytes)
    : state_(state), left_(left), max_bytes_(max_bytes) {}

BodyReader BodyReader::with_length(std::uint64_t bytes) {
  return {bytes == 0 ? State::kComplete : State::kFixed, bytes, bytes};
}

BodyReader BodyReader::in_chunks(std::uint64_t max_bytes) { return {State::kSize, 0, max_bytes}; }

Result<std::size_t> BodyReader::read(std::string_view input) {
  std::size_t taken = 0;
  while (taken < input.size() && state_ != State::kComplete) {
    if (state_ == State::kFixed || state_ == State::kData) {
      taken += take_data(input.substr(taken));
    } else {
      if (auto error = step(input[taken])) return *std::move(error);
      ++taken;
    }
  }
  return taken;
}

std::size_t BodyReader::take_data(std::string_view input) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
  // A long body is not copied again and again as it grows; a page takes memory once it is written
  // to.
  if (state_ == State::kFixed && body_.size() >= kLong) {
    body_.reserve(body_.size() + static_cast<std::size_t>(left_));
  }
  body_.append(input.substr(0, size));
  left_ -= size;
  if (left_ == 0) state_ = state_ == State::kFixed ? State::kComplete : State::kDataReturn;
  return size;
}

std::optional<Error> BodyReader::step(char c) {
  switch (state_) {
    case State::kSize:
      return read_size(c);
    case State::kSpace:
      if (c != ' ' && c != '\t' && c != ';') {
        return malformed("a malformed chunk size", "hexadecimal digits, then CR LF");
      }
      if (c == ';') state_ = State::kExtension;
      return count_overhead();
    case State::kExtension:
      if (c == '\r') return go_to(State::kSizeEnd);
      if (!is_field_char(c)) return malformed("a control character in a chunk's extension", "text");
      return count_overhead();
    case State::kSizeEnd:
      return expect('\n', c, left_ > 0 ? State::kData : State::kTrailerStart);
    case State::kDataReturn:
      return expect('\r', c, State::kDataEnd);
    case State::kDataEnd:
      digits_ = 0;
      return expect('\n', c, State::kSize);
    case State::kTrailerStart:
      if (c == '\r') return go_to(State::kLastEnd);
      state_ = State::kTrailerName;
      return is_token_char(c) ? count_overhead() : malformed_trailer();
    case State::kTrailerName:
      if (c == ':') return go_to(State::kTrailerValue);
      return is_token_char(c) ? count_overhead() : malformed_trailer();
    case State::kTrailerValue:
      if (c == '\r') return go_to(State::kTrailerEnd);
      return is_field_char(c) ? count_overhead() : malformed_trailer();
    case State::kTrailerEnd:
      return expect('\n', c, State::kTrailerStart);
    case State::kLastEnd:
      return expect('\n', c, State::kComplete);
    case State::kFixed:
    case State::kData:
    case State::kComplete:
      break;
  }
  return std::nullopt;
}

std::optional<Error> BodyReader::read_size(char c) {
  const int digit = digit_of(c);
  if (digit >= 0) {
    if (digits_ == 0) left_ = 0;
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    if (++digits_ > kMaxSizeDigits || left_ > max_bytes_ - body_.size()) {
      return too_large("a larger body", max_bytes_);
    }
    return std::nullopt;
  }
  if (digits_ == 0) return malformed("a chunk without its size", "hexadecimal digits");
  if (c == '\r') return go_to(State::kSizeEnd);
  if (c == ';') return go_to(State::kExtension);
  if (c == ' ' || c == '\t') return go_to(State::kSpace);
  return malformed("a malformed chunk size", "hexadecimal digits, then CR LF");
}

std::optional<Error> BodyReader::go_to(State next) {
  state_ = next;
  return std::nullopt;
}

std::optional<Error> BodyReader::expect(char wanted, char found, State next) {
  if (found != wanted) {
    return malformed("a malformed chunk", "CR LF after its size and after its data");
  }
  return go_to(next);
}

std::optional<Error> BodyReader::count_overhead() {
  if (++overhead_ > kMaxOverhead) return too_large("longer extensions and trailers", kMaxOverhead);
  return std::nullopt;
}

}  // namespace plimsoll::native
