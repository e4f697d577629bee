// What the window endpoints answer, as a document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codec/members.h"
#include "plan/plan_document.h"

namespace plimsoll {

struct ValueRange {
  double min = 0.0;
  double max = 0.0;
};

struct Predictions {
  std::optional<double> cpu_cores, cpu;  // the second without a unit
  std::optional<ValueRange> cpu_range;
  std::optional<double> memory_gb, memory;
  std::optional<ValueRange> memory_range;
};

struct Insights {
  std::optional<std::string> cpu_utilization, memory_utilization;
  std::string confidence;
  std::optional<std::string> recommendation_note;
};

// One metric's part.
struct WindowPart {
  Metric metric = Metric::kCpu;
  HorizonPlan plan;
};

struct WindowDocument {
  std::string forecast_type;
  Predictions predictions;
  Insights insights;
  std::vector<WindowPart> parts;  // at least one
  std::string model_version;
  Timestamp training_date = 0;
  WorkloadKey key;
  Timestamp now = 0;
  Confidence confidence;
  std::optional<StaleGap> stale;
  // What one endpoint or another adds.
  std::optional<std::string> date, week_start, day_of_week;
  std::optional<std::string> prediction_date, period;
  std::optional<std::string> month, sampling_method;
  std::optional<Timestamp> datetime;
};

extern const Shape kWindowDocumentShape;

}  // namespace plimsoll
