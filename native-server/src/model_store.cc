#include "model_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "files.h"
#include "plimsoll/base/hash.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/registry/names.h"

namespace plimsoll::native {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kStagesFile = "stages.json";
constexpr const char* kHistoryFile = "history.json";
constexpr const char* kVersionsFolder = "versions";
constexpr const char* kHashesFolder = "hashes";
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
  return root / folder / kVersionsFolder / (version + ".json");
}

fs::path hash_path(const fs::path& root, const std::string& folder, const std::string& version) {
  return root / folder / kHashesFolder / version;
}

void make_folders(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw FileError("cannot create '" + path.string() + "': " + error.message());
}

// Loops of links and folders that may not be entered are no error here: nothing of ours is there.
bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

// What stages.json or history.json holds; nothing when it cannot be read as such.
std::optional<Stages> read_stages(const fs::path& path) {
  if (!is_there(path)) return std::nullopt;
  const Json document = Json::parse(read_file(path.string(), kLargestStagesFile), nullptr, false);
  if (!document.is_object()) return std::nullopt;
  Stages stages{version_at(document, "Staging"), version_at(document, "Production"), {}};
  const auto previous = document.find("Previous");
  if (previous != document.end() && previous->is_array()) {
    for (const Json& version : *previous) {
      if (version.is_string() && is_version(version.get_ref<const std::string&>())) {
        stages.previous.push_back(version);
      }
    }
  }
  return stages;
}

// A file as it is now, by what a change of it changes.
std::string state_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "-";
  return std::to_string(status.st_ino) + "." + std::to_string(status.st_size) + "." +
         std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
}

const std::shared_ptr<const WorkloadModel>* find_known(const Snapshot& known,
                                                       const std::string& folder,
                                                       const std::string& version) {
  const auto found = std::find_if(known.models.begin(), known.models.end(), [&](const auto& model) {
    return model->model_version == version &&
           model_folder_name(model->key, model->metric) == folder;
  });
  return found == known.models.end() ? nullptr : &*found;
}

}  // namespace

std::string ModelStore::stage(const WorkloadModel& model) const {
  std::string folder = model_folder_name(model.key, model.metric);
  const fs::path path = version_path(root_, folder, model.model_version);
  make_folders(path.parent_path());
  Snapshot read_back;
  if (!try_load(folder, model.model_version, read_back).empty()) {
    const std::string bytes = encode_model(model);
    // Never the hash of other bytes: it goes first and comes last.
    const fs::path hash = hash_path(root_, folder, model.model_version);
    std::error_code ignored;
    fs::remove(hash, ignored);
    write_file_atomically(path, bytes);
    make_folders(hash.parent_path());
    write_file_atomically(hash, hexadecimal(fnv1a(bytes)) + "\n");
  }
  Stages pointer = stages(folder);
  pointer.staging = model.model_version;
  set_stages(folder, pointer);
  return folder;
}

void ModelStore::promote(const std::string& folder) const {
  Stages pointer = stages(folder);
  if (!pointer.staging) return;
  if (pointer.production) pointer.previous.insert(pointer.previous.begin(), *pointer.production);
  pointer.production = std::exchange(pointer.staging, std::nullopt);
  std::vector<std::string> previous;
  for (const std::string& version : pointer.previous) {
    const bool known = version == *pointer.production ||
                       std::find(previous.begin(), previous.end(), version) != previous.end();
    if (!known && previous.size() < kKeptVersions) previous.push_back(version);
  }
  pointer.previous = std::move(previous);
  set_stages(folder, pointer);
  remove_other_versions(folder, pointer);
}

void ModelStore::remove_other_versions(const std::string& folder, const Stages& pointer) const {
  std::vector<fs::path> old;
  for (const char* kind : {kVersionsFolder, kHashesFolder}) {
    std::error_code error;
    for (auto entry = fs::directory_iterator(root_ / folder / kind, error);
         !error && entry != fs::directory_iterator(); entry.increment(error)) {
      const std::string version = entry->path().stem().string();
      const auto& previous = pointer.previous;
      const bool kept = version == pointer.production || version == pointer.staging ||
                        std::find(previous.begin(), previous.end(), version) != previous.end();
      if (!kept && is_version(version)) old.push_back(entry->path());
    }
  }
  for (const fs::path& path : old) {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
}

std::vector<std::string> ModelStore::folders(std::vector<std::string>* skipped) const {
  std::vector<std::string> names;
  std::error_code error;
  auto entry = fs::directory_iterator(root_, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    const std::string name = entry->path().filename().string();
    if (is_there(entry->path() / kStagesFile) || is_there(entry->path() / kHistoryFile)) {
      names.push_back(name);
    } else if (skipped != nullptr && !entry->is_regular_file(ignored)) {
      skipped->push_back(name);
    }
  }
  if (error) throw FileError("cannot list '" + root_.string() + "': " + error.message());
  std::sort(names.begin(), names.end());
  return names;
}

Stages ModelStore::stages(const std::string& folder) const {
  const auto history = read_stages(root_ / folder / kHistoryFile);
  auto stages = read_stages(root_ / folder / kStagesFile);
  if (!stages) return history.value_or(Stages{});
  if (history) stages->previous = history->previous;
  return *std::move(stages);
}

void ModelStore::set_stages(const std::string& folder, const Stages& stages) const {
  Json document;
  document["Staging"] = as_json(stages.staging);
  document["Production"] = as_json(stages.production);
  make_folders(root_ / folder);
  write_file_atomically(root_ / folder / kStagesFile, document.dump() + "\n");
  document["Previous"] = stages.previous;
  write_file_atomically(root_ / folder / kHistoryFile, document.dump() + "\n");
}

Result<WorkloadModel> ModelStore::load(const std::string& folder,
                                       const std::string& version) const {
  const fs::path path = version_path(root_, folder, version);
  const std::string bytes = read_file(path.string(), kLimits.max_body_bytes);
  // Stores of version 0.1.0 have no hashes.
  const fs::path hash = hash_path(root_, folder, version);
  if (is_there(hash)) {
    if (read_file(hash.string(), kLargestStagesFile) != hexadecimal(fnv1a(bytes)) + "\n") {
      return Error{ErrorCode::kInvalidModel,
                   {{}, "", path.filename().string()},
                   "other bytes than were written",
                   "those whose hash is in the store",
                   "Run the pipeline again."};
    }
  }
  return decode_model(bytes);
}

LoadedModels ModelStore::load_production(const Snapshot& known) const {
  LoadedModels loaded;
  loaded.snapshot.source = root_.string();
  for (const std::string& folder : folders(&loaded.skipped)) {
    try {
      load_newest_good(folder, known, loaded.snapshot);
    } catch (const std::exception& error) {
      loaded.snapshot.problems.push_back({folder, error.what(), ""});
    }
  }
  return loaded;
}

void ModelStore::load_newest_good(const std::string& folder, const Snapshot& known,
                                  Snapshot& snapshot) const {
  const fs::path main_file = root_ / folder / kStagesFile;
  const bool damaged = !read_stages(main_file);
  const Stages pointer = stages(folder);
  std::vector<std::string> versions = pointer.previous;
  if (pointer.production) versions.insert(versions.begin(), *pointer.production);
  std::string reason = damaged ? std::string(kStagesFile) + " cannot be read" : "";
  for (const std::string& version : versions) {
    if (const auto* model = find_known(known, folder, version)) {
      snapshot.models.push_back(*model);
    } else {
      std::string failure = try_load(folder, version, snapshot);
      if (!failure.empty()) {
        if (reason.empty()) reason.append(version).append(".json: ").append(failure);
        continue;
      }
    }
    if (!reason.empty()) snapshot.problems.push_back({folder, reason, version});
    return;
  }
  if (!reason.empty()) snapshot.problems.push_back({folder, reason, ""});
}

std::string ModelStore::try_load(const std::string& folder, const std::string& version,
                                 Snapshot& snapshot) const {
  try {
    auto model = load(folder, version);
    if (!model) return message(model.error());
    snapshot.models.push_back(std::make_shared<const WorkloadModel>(std::move(model).value()));
    return "";
  } catch (const FileError& error) {
    return error.what();
  }
}

std::string ModelStore::fingerprint() const {
  std::string seen;
  for (const std::string& folder : folders()) {
    seen += folder + '=' + state_of(root_ / folder / kStagesFile) + '/' +
            state_of(root_ / folder / kVersionsFolder) + ';';
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
