// The planner's files, read into memory once: no request can name a file outside them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "http_message.h"

namespace plimsoll::native {

class StaticFiles {
 public:
  // No files at all.
  StaticFiles() = default;
  // Every regular file below `folder`; symbolic links are not followed. Throws FileError.
  explicit StaticFiles(const std::string& folder);

  // The answer to GET `target`, or nothing when it names no file. `/` is index.html unless the
  // query asks for a moment (`datetime_str`), which is the API's. A file with a `.br` twin is sent
  // compressed to a client that accepts that.
  [[nodiscard]] std::optional<Response> answer(std::string_view target,
                                               const std::vector<Header>& headers) const;

  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, std::string, std::less<>> files_;  // "/app.js" -> bytes
};

}  // namespace plimsoll::native
