// The body of an HTTP/1.1 request, read from bytes as they come (RFC 9112, section 6 and 7). What
// it makes of them does not depend on how they were cut into packets.
//
// Pistache's own reader of chunks is not used: one whose CR and LF arrive apart sends it into an
// endless loop (docs/adr/0007).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "plimsoll/base/status.h"

namespace plimsoll::native {

class BodyReader {
 public:
  // A body of exactly so many bytes.
  static BodyReader with_length(std::uint64_t bytes);
  // A body in chunks, at most so many bytes together. Extensions and trailers are checked and
  // thrown away.
  static BodyReader in_chunks(std::uint64_t max_bytes);

  // Takes the body's part of `input`, which begins where the last call's ended, and says how many
  // bytes that was: all of them unless the body ends before. kInvalidParameter for bytes that are
  // no chunked body, kTooLarge for one beyond its limits; nothing more may be read then.
  Result<std::size_t> read(std::string_view input);

  [[nodiscard]] bool complete() const { return state_ == State::kComplete; }
  // Bytes of the body so far.
  [[nodiscard]] std::size_t size() const { return body_.size(); }
  // The body; to be called once, when it is complete.
  std::string take() { return std::move(body_); }

 private:
  enum class State {
    kFixed,         // the rest of a body of known length
    kSize,          // hexadecimal digits of a chunk's size
    kSpace,         // spaces between a size and the ; of its extension
    kExtension,     // up to the line's end
    kSizeEnd,       // the LF after a size
    kData,          // the bytes of a chunk
    kDataReturn,    // the CR after them
    kDataEnd,       // the LF after that
    kTrailerStart,  // the first character of a trailer, or the last line's CR
    kTrailerName,   // up to its colon
    kTrailerValue,  // up to the line's end
    kTrailerEnd,    // its LF
    kLastEnd,       // the LF of the last line
    kComplete,
  };

  BodyReader(State state, std::uint64_t left, std::uint64_t max_bytes);
  std::size_t take_data(std::string_view input);
  std::optional<Error> step(char c);
  std::optional<Error> read_size(char c);
  std::optional<Error> go_to(State next);
  std::optional<Error> expect(char wanted, char found, State next);
  std::optional<Error> count_overhead();

  State state_;
  std::uint64_t left_;  // bytes to come of the body or the chunk; the size being read
  std::uint64_t max_bytes_;
  int digits_ = 0;
  std::size_t overhead_ = 0;  // bytes of extensions and trailers
  std::string body_;
};

}  // namespace plimsoll::native
