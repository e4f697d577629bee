#include "model_watcher.h"

#include <chrono>
#include <exception>
#include <utility>

#include "log.h"

namespace plimsoll::native {
namespace {

constexpr std::chrono::milliseconds kLookEvery{500};

}  // namespace

ModelWatcher::ModelWatcher(ModelStore store) : store_(std::move(store)) {
  reload();
  thread_ = std::jthread([this](const std::stop_token& stop) { watch(stop); });
}

std::shared_ptr<const Snapshot> ModelWatcher::snapshot() const {
  const std::lock_guard lock(mutex_);
  return snapshot_;
}

void ModelWatcher::reload() {
  // The fingerprint comes first: a change during the loading is seen at the next look.
  fingerprint_ = store_.fingerprint();
  LoadedModels loaded = store_.load_production();
  for (const std::string& problem : loaded.problems) {
    log_event("error", "model_not_loaded", {{"reason", problem}});
  }
  log_event("info", "models_loaded",
            {{"count", std::to_string(loaded.snapshot.models.size())},
             {"source", loaded.snapshot.source}});
  auto fresh = std::make_shared<const Snapshot>(std::move(loaded.snapshot));
  const std::lock_guard lock(mutex_);
  snapshot_ = std::move(fresh);
}

void ModelWatcher::watch(const std::stop_token& stop) {
  std::mutex sleep;
  std::unique_lock lock(sleep);
  while (!wake_.wait_for(lock, stop, kLookEvery, [&stop] { return stop.stop_requested(); })) {
    try {
      if (store_.fingerprint() != fingerprint_) reload();
    } catch (const std::exception& error) {
      log_event("error", "store_not_read", {{"reason", error.what()}});
    }
  }
}

}  // namespace plimsoll::native
