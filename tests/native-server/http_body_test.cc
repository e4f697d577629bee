#include "http_body.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace plimsoll::native {
namespace {

constexpr std::uint64_t kMost = 1000;

// What a reader makes of `pieces`: the body and what follows it, or the code of its error.
struct Reading {
  std::string body;
  std::string rest;
  bool complete = false;
  std::optional<ErrorCode> error;
  friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read_pieces(BodyReader reader, const std::vector<std::string_view>& pieces) {
  Reading reading;
  std::string unread;
  for (const std::string_view piece : pieces) {
    unread += piece;
    const auto taken = reader.read(unread);
    if (!taken) {
      reading.error = taken.error().code;
      return reading;
    }
    unread.erase(0, taken.value());
  }
  reading.complete = reader.complete();
  reading.rest = unread;
  reading.body = reader.take();
  return reading;
}

Reading read_chunks(std::string_view bytes) {
  return read_pieces(BodyReader::in_chunks(kMost), {bytes});
}

constexpr std::string_view kChunks =
    "5\r\nhello\r\n1;a=b;c=\"d\"\r\n,\r\nA \t;x\r\n0123456789\r\n000\r\nTrailer: "
    "gone\r\nB:\r\n\r\nGET /";
constexpr std::string_view kBody = "hello,0123456789";

TEST(BodyReader, ReadsChunksAndLeavesWhatFollows) {
  EXPECT_EQ(read_chunks(kChunks), (Reading{std::string(kBody), "GET /", true, {}}));
  EXPECT_EQ(read_chunks("0\r\n\r\n"), (Reading{"", "", true, {}}));
}

// The same body, whatever the packets: cut at every byte, in two and in three, and byte by byte.
TEST(BodyReader, DoesNotDependOnPackets) {
  const Reading whole = read_chunks(kChunks);
  for (std::size_t i = 0; i <= kChunks.size(); ++i) {
    for (std::size_t j = i; j <= kChunks.size(); ++j) {
      EXPECT_EQ(read_pieces(BodyReader::in_chunks(kMost),
                            {kChunks.substr(0, i), kChunks.substr(i, j - i), kChunks.substr(j)}),
                whole)
          << i << ' ' << j;
    }
  }
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < kChunks.size(); ++i) bytes.push_back(kChunks.substr(i, 1));
  EXPECT_EQ(read_pieces(BodyReader::in_chunks(kMost), bytes), whole);
}

// In four and five pieces at pseudo-random places, against the same body with its length.
TEST(BodyReader, ChunkedEqualsWholeInManyPieces) {
  std::uint64_t state = 7;
  const auto below = [&state](std::size_t bound) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state >> 33U) % bound;
  };
  for (int round = 0; round < 3000; ++round) {
    std::string body;
    std::string chunked;
    for (std::size_t chunk = below(5); chunk-- > 0;) {
      std::string data;
      for (std::size_t i = 1 + below(40); i-- > 0;) data += "\r\n0aF;:x"[below(8)];
      char size[24];
      std::snprintf(size, sizeof(size), below(2) == 0 ? "%zx" : "%04zX", data.size());
      chunked.append(size).append(below(4) == 0 ? ";e\r\n" : "\r\n").append(data).append("\r\n");
      body += data;
    }
    chunked += "0\r\n\r\nnext";
    std::vector<std::string_view> pieces;
    std::string_view rest = chunked;
    for (std::size_t cuts = below(5); cuts-- > 0;) {
      const std::size_t size = below(rest.size() + 1);
      pieces.push_back(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    pieces.push_back(rest);
    const Reading whole = read_pieces(BodyReader::with_length(body.size()), {body + "next"});
    EXPECT_EQ(read_pieces(BodyReader::in_chunks(kMost), pieces), whole) << chunked;
  }
}

TEST(BodyReader, RefusesWhatIsNoChunk) {
  for (const char* bytes : {"0x5\r\nhello\r\n0\r\n\r\n",
                            "+5\r\nhello\r\n0\r\n\r\n",
                            "-5\r\nhello",
                            " 5\r\nhello",
                            "\r\nhello",
                            ";a\r\n",
                            "5\nhello",
                            "5\r\nhello0\r\n\r\n",
                            "5\r\nhello\n0\r\n\r\n",
                            "5\r\nhello\r0\r\n\r\n",
                            "5 \r\nhello",
                            "5 5\r\nhello",
                            "5;a\nb\r\nhello",
                            "5\r\rhello",
                            "0\r\nGET /livez HTTP/1.1\r\n\r\n",
                            "0\r\n folded: x\r\n\r\n",
                            "0\r\n: x\r\n\r\n",
                            "0\r\na: \x01\r\n\r\n",
                            "0\r\na: b\n\r\n",
                            "0\r\n\rX",
                            "g\r\n"}) {
    EXPECT_EQ(read_chunks(bytes).error, ErrorCode::kInvalidParameter) << bytes;
  }
}

TEST(BodyReader, BoundsWhatItHolds) {
  const auto code_of = [](const std::string& bytes) { return read_chunks(bytes).error; };
  EXPECT_EQ(code_of("3e9\r\n"), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("3e8\r\n" + std::string(1000, 'x') + "\r\n1\r\n"), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("3e8\r\n" + std::string(1000, 'x') + "\r\n0\r\n\r\n"), std::nullopt);
  EXPECT_EQ(code_of("ffffffffffffffff\r\n"), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("10000000000000001\r\n"), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of(std::string(17, '0') + "\r\n"), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("0;" + std::string(20000, 'x')), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("0" + std::string(20000, ' ')), ErrorCode::kTooLarge);
  EXPECT_EQ(code_of("0\r\n" + std::string(20000, 'x')), ErrorCode::kTooLarge);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 6000; ++i) trailers += "a: b\r\n";
  EXPECT_EQ(code_of(trailers), ErrorCode::kTooLarge);
}

TEST(BodyReader, ReadsAKnownLength) {
  EXPECT_EQ(read_pieces(BodyReader::with_length(3), {"a", "bcd"}), (Reading{"abc", "d", true, {}}));
  EXPECT_EQ(read_pieces(BodyReader::with_length(3), {"ab"}), (Reading{"ab", "", false, {}}));
  EXPECT_EQ(read_pieces(BodyReader::with_length(0), {"GET"}), (Reading{"", "GET", true, {}}));
}

}  // namespace
}  // namespace plimsoll::native
