// Models and artefacts of the pipeline in a folder:
//
//   DIR/modular-cpu_prophet_model/versions/<model_version>.json   immutable
//   DIR/modular-cpu_prophet_model/stages.json                     replaced atomically
//   DIR/modular-validation_report.json and other artefacts        replaced atomically
//
// Readers and writers may be different processes. A missing DIR is an empty store.
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
  friend bool operator==(const Stages&, const Stages&) = default;
};

// What a server needs of the store, and what kept a model from being loaded, in words.
struct LoadedModels {
  Snapshot snapshot;
  std::vector<std::string> problems;
};

class ModelStore {
 public:
  explicit ModelStore(std::filesystem::path root) : root_(std::move(root)) {}

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }

  // Writes the model's version file unless it is there, and points Staging at it. Production stays
  // as it is. Returns the folder's name. Throws FileError.
  std::string stage(const WorkloadModel& model) const;

  // Folders of models, sorted by name.
  [[nodiscard]] std::vector<std::string> folders() const;

  // An absent or unreadable stages.json holds no version.
  [[nodiscard]] Stages stages(const std::string& folder) const;
  void set_stages(const std::string& folder, const Stages& stages) const;

  // Throws FileError when the file cannot be read.
  [[nodiscard]] Result<WorkloadModel> load(const std::string& folder,
                                           const std::string& version) const;

  // Every model in Production. One that cannot be loaded is left out and told.
  [[nodiscard]] LoadedModels load_production() const;

  // Changes whenever a stage pointer does; cheap enough to ask twice a second.
  [[nodiscard]] std::string fingerprint() const;

  void write_artefact(std::string_view name, std::string_view bytes) const;
  // Throws FileError when there is none.
  [[nodiscard]] std::string read_artefact(std::string_view name) const;

 private:
  std::filesystem::path root_;
};

}  // namespace plimsoll::native
