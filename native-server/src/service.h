// Between the wire and the request function: which thread answers, from which models, at what time.
#pragma once

#include <functional>

#include "host_metrics.h"
#include "http_message.h"
#include "model_watcher.h"
#include "static_files.h"
#include "training_pool.h"

namespace plimsoll::native {

class Service {
 public:
  // All must outlive the service. `in_flight` tells how many requests are being answered.
  Service(const ModelWatcher& models, const StaticFiles& files, TrainingPool& pool,
          std::function<int()> in_flight);

  // Answers now, or hands the request to the pool (POST to /v1/, which may train a model) and
  // answers later; 503 with Retry-After when the pool's queue is full.
  void handle(HttpRequest request, const Respond& respond);

 private:
  Response answer(const HttpRequest& request) const;

  const ModelWatcher& models_;
  const StaticFiles& files_;
  TrainingPool& pool_;
  std::function<int()> in_flight_;
  HostMetrics metrics_;
};

}  // namespace plimsoll::native
