#include "model_watcher.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <utility>

#include "files.h"
#include "log.h"
#include "plimsoll/registry/names.h"

namespace plimsoll::native {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};
// How long a model is served whose folder is not there.
constexpr std::chrono::seconds kAwayFor{60};

}  // namespace

ModelWatcher::ModelWatcher(ModelStore store)
    : store_(std::move(store)), snapshot_(std::make_shared<const Snapshot>()) {
  reload();
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

std::shared_ptr<const Snapshot> ModelWatcher::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

void ModelWatcher::reload() {
  const std::shared_ptr<const Snapshot> known = snapshot();
  LoadedModels loaded;
  try {
    // The fingerprint comes first: a change during the loading is seen at the next look.
    fingerprint_ = store_.fingerprint();
    loaded = store_.load_production(*known);
  } catch (const FileError& error) {
    if (!known->models.empty() || !known->problems.empty()) throw;
    loaded.snapshot.source = store_.root().string();
    loaded.snapshot.problems.push_back({"store", error.what(), ""});
  }
  keep_what_is_away(loaded.snapshot);
  for (const std::string& name : loaded.skipped) {
    log_event("info", "no_model_of_ours", {{"entry", name}});
  }
  for (const ModelProblem& problem : loaded.snapshot.problems) {
    log_event("error", "model_not_as_it_should_be",
              {{"model", problem.model}, {"reason", problem.reason}, {"serving", problem.serving}});
  }
  log_event("info", "models_loaded",
            {{"count", std::to_string(loaded.snapshot.models.size())},
             {"source", loaded.snapshot.source}});
  auto fresh = std::make_shared<const Snapshot>(std::move(loaded.snapshot));
  const std::lock_guard lock(mutex_);
  snapshot_ = std::move(fresh);
}

// A volume that is mounted anew, a folder that is replaced: a moment later it is there again.
void ModelWatcher::keep_what_is_away(Snapshot& fresh) {
  const auto now = std::chrono::steady_clock::now();
  std::set<std::string> here;
  for (const auto& model : fresh.models) here.insert(model_folder_name(model->key, model->metric));
  std::map<std::string, std::chrono::steady_clock::time_point> still_away;
  for (const auto& model : snapshot()->models) {
    const std::string folder = model_folder_name(model->key, model->metric);
    if (here.contains(folder)) continue;
    const auto since = away_.contains(folder) ? away_.at(folder) : now;
    if (now - since > kAwayFor) continue;
    still_away[folder] = since;
    fresh.models.push_back(model);
    std::erase_if(fresh.problems,
                  [&](const ModelProblem& problem) { return problem.model == folder; });
    fresh.problems.push_back(
        {folder, "its folder is away or cannot be read", model->model_version});
  }
  away_ = std::move(still_away);
}

void ModelWatcher::watch(const std::stop_token& stop) {
  std::mutex sleep;
  std::unique_lock lock(sleep);
  while (!wake_.wait_for(lock, stop, kLookEvery, [&stop] { return stop.stop_requested(); })) {
    try {
      const bool grace_is_over = std::any_of(away_.begin(), away_.end(), [](const auto& folder) {
        return std::chrono::steady_clock::now() - folder.second > kAwayFor;
      });
      if (grace_is_over || store_.fingerprint() != fingerprint_) reload();
    } catch (const std::exception& error) {
      log_event("error", "store_not_read", {{"reason", error.what()}});
    }
  }
}

}  // namespace plimsoll::native
