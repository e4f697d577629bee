// plimsoll-server: the request function over HTTP, with the models of a store.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

#include "files.h"
#include "host_limits.h"
#include "http_server.h"
#include "log.h"
#include "model_store.h"
#include "model_watcher.h"
#include "pipeline.h"
#include "plimsoll/base/limits.h"
#include "plimsoll/base/version.h"
#include "service.h"
#include "static_files.h"
#include "store_lock.h"
#include "training_pool.h"

namespace {

namespace native = plimsoll::native;

// Jobs that wait for a worker; each may hold a body of the largest size.
constexpr std::size_t kQueueLength = 16;
// SIGTERM to exit takes at most ten seconds; what is left of them is for stopping threads.
constexpr std::chrono::milliseconds kDrainPatience{8000};

// Connections at once, where descriptors suffice, and descriptors for the model store, epoll and so
// on.
constexpr std::size_t kMostConnections = 4096;
constexpr std::size_t kOwnDescriptors = 64;

// For a pipeline that writes the same store.
constexpr std::chrono::minutes kLockPatience{10};

struct Options {
  native::HttpServerOptions http;
  std::string models = "models";
  std::string data;
  std::string web;
  int workers = 1;
};

// Fills `options`; returns an exit code when there is nothing more to do.
std::optional<int> read_options(int argc, char** argv, Options& options) {
  CLI::App app("Plimsoll's server: forecasts and recommendations over HTTP.", "plimsoll-server");
  app.set_version_flag("--version", plimsoll::kVersion);
  app.add_option("--host", options.http.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", options.http.port, "Port to listen on")->capture_default_str();
  app.add_option("--models", options.models, "Folder of the model store")->capture_default_str();
  app.add_option("--data", options.data, "CSV file to train from at start");
  app.add_option("--web", options.web, "Folder of the planner's files");
  app.add_option("--threads", options.http.threads, "Threads for I/O")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--workers", options.workers, "Threads for training")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return std::nullopt;
}

// Shares of what the container may use: a quarter of the memory for what is received, an eighth for
// answers, and descriptors for files beside the connections.
void size_to_host(native::HttpServerOptions& http) {
  constexpr std::size_t kMegabyte = 1024UL * 1024;
  const std::size_t memory = native::memory_limit_bytes();
  http.max_received_bytes = std::clamp(memory / 4, 32 * kMegabyte, 1024 * kMegabyte);
  http.max_answer_bytes = std::clamp(memory / 8, 16 * kMegabyte, 512 * kMegabyte);
  // A body counts as large: three quarters of what is received can be such.
  http.max_body_bytes = std::min(plimsoll::kLimits.max_body_bytes, http.max_received_bytes / 4 * 3);
  const std::size_t descriptors =
      native::raise_descriptor_limit(kMostConnections + kOwnDescriptors);
  http.max_connections =
      descriptors > 2 * kOwnDescriptors ? descriptors - kOwnDescriptors : descriptors / 2;
}

// The pipeline over `csv`, as tolerant of gaps as real exports need it.
void train_from(const native::ModelStore& store, const std::string& csv) {
  try {
    native::PipelineOptions options;
    options.validation.tolerate_missing = true;
    options.validation.min_records = 1;
    options.now = std::chrono::duration_cast<std::chrono::seconds>(
                      std::chrono::system_clock::now().time_since_epoch())
                      .count();
    const native::StoreLock lock(store.root(), kLockPatience);
    const auto outcome = native::run_pipeline(store, csv, options);
    if (!outcome) {
      native::log_event("error", "training_failed", {{"reason", message(outcome.error())}});
      return;
    }
    native::log_event(outcome.value().passed ? "info" : "warning", "trained",
                      {{"passed", outcome.value().passed ? "true" : "false"}});
  } catch (const std::exception& error) {
    native::log_event("error", "training_failed", {{"reason", error.what()}});
  }
}

int serve(const Options& options) {
  // Blocked before any thread starts, so that every thread inherits it and only sigwait sees them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  native::HttpServerOptions http = options.http;
  size_to_host(http);
  const std::string csv =
      options.data.empty() ? "" : native::read_file(options.data, plimsoll::kLimits.max_body_bytes);
  const native::StaticFiles files =
      options.web.empty() ? native::StaticFiles() : native::StaticFiles(options.web);
  const native::ModelStore store(options.models);
  const native::ModelWatcher models(store);
  native::TrainingPool pool(options.workers, kQueueLength);
  std::unique_ptr<native::HttpServer> server;
  native::Service service(models, files, pool, [&server] { return server->in_flight(); });
  server = std::make_unique<native::HttpServer>(
      http, [&service](native::HttpRequest request, const native::Respond& respond) {
        service.handle(std::move(request), respond);
      });
  server->start();
  native::log_event(
      "info", "listening",
      {{"address", "http://" + options.http.host + ":" + std::to_string(options.http.port) + "/"},
       {"models", options.models}});
  if (!csv.empty() &&
      !pool.submit({.run = [&store, &csv] { train_from(store, csv); }, .client = {}})) {
    native::log_event("error", "training_failed", {{"reason", "no worker took it"}});
  }

  int signal = 0;
  sigwait(&signals, &signal);
  native::log_event("info", "stopping", {{"signal", std::to_string(signal)}});
  server->drain_and_stop(kDrainPatience);
  native::log_event("info", "stopped", {{"unanswered", std::to_string(server->in_flight())}});
  // A training still running is abandoned: the store is consistent at every moment.
  if (pool.pending() > 0) std::_Exit(EXIT_SUCCESS);
  return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  try {
    if (const auto code = read_options(argc, argv, options)) return *code;
    return serve(options);
  } catch (const native::FileError& error) {
    std::cerr << "plimsoll-server: " << error.what() << '\n';
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "plimsoll-server: cannot serve on " << options.http.host << ":"
              << options.http.port << ": " << error.what() << '\n';
    return 1;
  }
}
