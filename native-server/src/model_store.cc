#include "model_store.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>

#include "files.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/registry/names.h"

namespace plimsoll::native {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kStagesFile = "stages.json";
constexpr std::size_t kLargestStagesFile = 65536;

// Versions are content hashes; anything else in stages.json is not followed to a file.
bool is_version(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
}

std::optional<std::string> version_at(const Json& document, const char* stage) {
  const auto found = document.find(stage);
  if (found == document.end() || !found->is_string()) return std::nullopt;
  auto version = found->get<std::string>();
  if (!is_version(version)) return std::nullopt;
  return version;
}

Json as_json(const std::optional<std::string>& version) {
  return version ? Json(*version) : Json(nullptr);
}

fs::path version_path(const fs::path& root, const std::string& folder, const std::string& version) {
  return root / folder / "versions" / (version + ".json");
}

void make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw FileError("cannot create '" + path.string() + "': " + error.message());
}

}  // namespace

std::string ModelStore::stage(const WorkloadModel& model) const {
  std::string folder = model_folder_name(model.key, model.metric);
  const fs::path path = version_path(root_, folder, model.model_version);
  make_folders(path.parent_path());
  if (!fs::exists(path)) write_file_atomically(path, encode_model(model));
  Stages pointer = stages(folder);
  pointer.staging = model.model_version;
  set_stages(folder, pointer);
  return folder;
}

std::vector<std::string> ModelStore::folders() const {
  std::vector<std::string> names;
  std::error_code error;
  for (auto entry = fs::directory_iterator(root_, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    if (fs::exists(entry->path() / kStagesFile)) names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Stages ModelStore::stages(const std::string& folder) const {
  const fs::path path = root_ / folder / kStagesFile;
  if (!fs::exists(path)) return {};
  const Json document = Json::parse(read_file(path.string(), kLargestStagesFile), nullptr, false);
  if (!document.is_object()) return {};
  return {version_at(document, "Staging"), version_at(document, "Production")};
}

void ModelStore::set_stages(const std::string& folder, const Stages& stages) const {
  Json document;
  document["Staging"] = as_json(stages.staging);
  document["Production"] = as_json(stages.production);
  make_folders(root_ / folder);
  write_file_atomically(root_ / folder / kStagesFile, document.dump() + "\n");
}

Result<WorkloadModel> ModelStore::load(const std::string& folder,
                                       const std::string& version) const {
  return decode_model(
      read_file(version_path(root_, folder, version).string(), kLimits.max_body_bytes));
}

LoadedModels ModelStore::load_production() const {
  LoadedModels loaded;
  loaded.snapshot.source = root_.string();
  for (const std::string& folder : folders()) {
    try {
      const Stages pointer = stages(folder);
      if (!pointer.production) continue;
      auto model = load(folder, *pointer.production);
      if (model) {
        loaded.snapshot.models.push_back(
            std::make_shared<const WorkloadModel>(std::move(model).value()));
      } else {
        loaded.problems.push_back(folder + ": " + message(model.error()));
      }
    } catch (const FileError& error) {
      loaded.problems.push_back(folder + ": " + error.what());
    }
  }
  return loaded;
}

std::string ModelStore::fingerprint() const {
  std::string seen;
  for (const std::string& folder : folders()) {
    try {
      seen += folder + '=' + stages(folder).production.value_or("") + ';';
    } catch (const FileError& error) {
      seen += folder + "!;";
    }
  }
  return seen;
}

void ModelStore::write_artefact(std::string_view name, std::string_view bytes) const {
  make_folders(root_);
  write_file_atomically(root_ / name, bytes);
}

std::string ModelStore::read_artefact(std::string_view name) const {
  return read_file((root_ / name).string(), kLimits.max_body_bytes);
}

}  // namespace plimsoll::native
