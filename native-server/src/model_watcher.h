// Keeps a snapshot of the models in Production, and renews it when the store changes. What was
// loaded stays loaded while the store, or a model's folder for a minute, is away.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "model_store.h"

namespace plimsoll::native {

class ModelWatcher {
 public:
  // Loads what is there, then looks for changes every half second in a thread of its own.
  explicit ModelWatcher(ModelStore store);

  // The models as they are now; never null. A request keeps the one it was given.
  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;

 private:
  void reload();
  void keep_what_is_away(Snapshot& fresh);
  void watch(const std::stop_token& stop);

  const ModelStore store_;
  std::string fingerprint_;
  // Folders of loaded models that are not there, and since when.
  std::map<std::string, std::chrono::steady_clock::time_point> away_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::shared_ptr<const Snapshot> snapshot_;
  std::jthread thread_;
};

}  // namespace plimsoll::native
