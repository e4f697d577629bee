// Models and artefacts of the pipeline in a folder:
//
//   DIR/modular-cpu_prophet_model/versions/<model_version>.json   immutable
//   DIR/modular-cpu_prophet_model/hashes/<model_version>          of that file's bytes
//   DIR/modular-cpu_prophet_model/stages.json                     replaced atomically
//   DIR/modular-cpu_prophet_model/history.json                    the stages, and what was before
//   DIR/modular-validation_report.json and other artefacts        replaced atomically
//   DIR/.lock                                                     held by a writer (store_lock.h)
//
// Readers and writers may be different processes: one writer, any number of readers. A missing DIR
// is an empty store. What is damaged costs at most the version that it holds: an earlier one is
// served instead, and history.json is read in place of stages.json.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plimsoll/api/request.h"
#include "plimsoll/evaluate/selection.h"

namespace plimsoll::native {

// Which version a model has in each stage; stages.json.
struct Stages {
  std::optional<std::string> staging;
  std::optional<std::string> production;
  // What was in Production before, newest first.
  std::vector<std::string> previous;
  friend bool operator==(const Stages&, const Stages&) = default;
};

// What a server needs of the store; and the names of what is in its folder and is no model of ours.
struct LoadedModels {
  Snapshot snapshot;
  std::vector<std::string> skipped;
};

// Versions that were in Production and are kept beside those in a stage.
inline constexpr std::size_t kKeptVersions = 5;

class ModelStore {
 public:
  explicit ModelStore(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  // Writes the model's version file unless a good one is there, and points Staging at it.
  // Production stays as it is. Returns the folder's name. Throws FileError.
  std::string stage(const WorkloadModel& model) const;

  // Moves Staging to Production, and removes versions beyond those that are kept. Throws FileError.
  void promote(const std::string& folder) const;

  // Folders of models, sorted by name; adds what else is there and is not the store's to `skipped`.
  // Throws FileError when the store cannot be listed.
  [[nodiscard]] std::vector<std::string> folders(std::vector<std::string>* skipped = nullptr) const;

  // As stages.json says, or history.json where that cannot be read; no version without either.
  // Throws FileError.
  [[nodiscard]] Stages stages(const std::string& folder) const;
  void set_stages(const std::string& folder, const Stages& stages) const;

  // kInvalidModel for bytes that are not those that were written. Throws FileError when the file
  // cannot be read.
  [[nodiscard]] Result<WorkloadModel> load(const std::string& folder,
                                           const std::string& version) const;

  // Every model in Production; in place of one that cannot be read, the newest before it that can
  // be, with a problem told. Models of `known` with the same version are taken from there.
  [[nodiscard]] LoadedModels load_production(const Snapshot& known = {}) const;

  // Changes whenever a stage pointer or a version file does; cheap enough to ask twice a second.
  // Throws FileError when the store cannot be listed.
  [[nodiscard]] std::string fingerprint() const;

  void write_artefact(std::string_view name, std::string_view bytes) const;
  // Throws FileError when there is none.
  [[nodiscard]] std::string read_artefact(std::string_view name) const;

 private:
  void remove_other_versions(const std::string& folder, const Stages& pointer) const;
  void load_newest_good(const std::string& folder, const Snapshot& known, Snapshot& snapshot) const;
  // Adds the model to the snapshot; says why not, otherwise.
  std::string try_load(const std::string& folder, const std::string& version,
                       Snapshot& snapshot) const;

  std::filesystem::path root_;
};

}  // namespace plimsoll::native
