#include "static_files.h"

#include <array>
#include <filesystem>
#include <utility>

#include "files.h"

namespace plimsoll::native {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargestFile = 64UL * 1024 * 1024;

// Nothing is loaded from elsewhere, nothing runs that is not a file of ours.
constexpr const char* kContentSecurityPolicy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

constexpr std::array<std::pair<std::string_view, const char*>, 17> kContentTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".csv", "text/csv; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".xml", "application/xml"},
    {".ts", "text/plain; charset=utf-8"},
}};

const char* content_type(std::string_view path) {
  for (const auto& [ending, type] : kContentTypes) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

bool asks_for_moment(std::string_view query) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    if (pair.substr(0, pair.find('=')) == "datetime_str") return true;
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
  }
  return false;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& folder) {
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    std::string path(1, '/');
    path += fs::relative(entry->path(), folder).generic_string();
    files_[path] = read_file(entry->path().string(), kLargestFile);
  }
  if (error) throw FileError("cannot read '" + folder + "': " + error.message());
}

std::optional<Response> StaticFiles::answer(std::string_view target,
                                            const std::vector<Header>& headers) const {
  const auto mark = target.find('?');
  const std::string_view query =
      mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  std::string path(target.substr(0, mark));
  if (path == "/") {
    if (asks_for_moment(query)) return std::nullopt;
    path = "/index.html";
  }
  auto file = files_.find(path);
  if (file == files_.end()) return std::nullopt;
  Response response;
  response.headers = {{"Content-Type", content_type(path)},
                      {"Content-Security-Policy", kContentSecurityPolicy},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-cache"}};
  const auto compressed = files_.find(path + ".br");
  if (compressed != files_.end()) {
    response.headers.emplace_back("Vary", "Accept-Encoding");
    const std::string* accepted = find_header(headers, "accept-encoding");
    if (accepted != nullptr && to_lower(*accepted).find("br") != std::string::npos) {
      response.headers.emplace_back("Content-Encoding", "br");
      file = compressed;
    }
  }
  response.body = file->second;
  return response;
}

}  // namespace plimsoll::native
