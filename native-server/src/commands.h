// The subcommands of `plimsoll`: options as typed in, an exit code out. They print to standard
// output and error, and throw UsageError or FileError for what ends in exit code 2.
#pragma once

#include <string>

#include "cli_options.h"
#include "plimsoll/evaluate/cross_validation.h"

namespace plimsoll::native {

struct ValidateFlags {
  CommonFlags common;
  std::string file;
  bool json = false;
  bool tolerate_missing = false;
  std::int64_t min_records = 1000;
};
int run_validate_command(const ValidateFlags& flags);

struct RecommendFlags {
  CommonFlags common;
  std::string file;
  std::string horizon;  // empty: all four
  std::string policy = "seed";
  std::string preset = "auto";
  std::string format = "table";
  bool tolerate_missing = false;
  std::int64_t min_records = 1000;
};
int run_recommend_command(const RecommendFlags& flags);

struct FitFlags {
  CommonFlags common;
  std::string data;
  std::string config;  // empty: Prophet's defaults
  std::string preset = "prophet";
  std::string model;
};
int run_fit_command(const FitFlags& flags);

struct PredictFlags {
  CommonFlags common;
  std::string model;
  std::string at;
  std::int64_t periods = 0;
  std::string freq;  // empty: the history's own step
  bool include_history = false;
  double interval_width = 0.8;
  std::vector<double> quantiles;
  bool non_negative = false;
  std::optional<double> at_most;
};
int run_predict_command(const PredictFlags& flags);

struct CrossValidateFlags {
  CommonFlags common;
  std::string data;
  std::string config;
  std::string horizon;  // durations such as "365 days"
  std::string initial;  // empty: Prophet's default
  std::string period;
  std::string cutoffs;  // a file, instead of initial and period
  std::string metrics;
  double rolling_window = kRollingWindow;
  double interval_width = 0.8;
  bool search = false;
};
int run_cross_validate_command(const CrossValidateFlags& flags);

struct InterchangeFlags {
  std::string model;
  std::string data;  // export: the samples to write along; empty for none
};
int run_import_prophet_command(const InterchangeFlags& flags);
int run_export_prophet_command(const InterchangeFlags& flags);

struct RequestFlags {
  bool timings = false;
  std::optional<std::string> now;
  std::string method = "GET";
  std::string path;
  std::string body;
  std::optional<std::string> content_type;
  std::string models;
};
int run_request_command(const RequestFlags& flags);

struct PipelineFlags {
  CommonFlags common;
  std::string data;
  std::string models;
  std::string preset = "auto";
  bool tolerate_missing = false;
  std::int64_t min_records = 1000;
  int lock_wait_seconds = 600;
};
// `stage` is "run", "validate", "features", "train" or "validate-model".
int run_pipeline_command(const std::string& stage, const PipelineFlags& flags);

}  // namespace plimsoll::native
