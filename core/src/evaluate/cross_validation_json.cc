// Cross-validations in Prophet's names: rows as CSV, metrics and searches as JSON.
#include <cstddef>
#include <limits>

#include "base/number_text.h"
#include "evaluate/shapes.h"
#include "plimsoll/evaluate/cross_validation.h"
#include "plimsoll/evaluate/cross_validation_text.h"

namespace plimsoll {
namespace {

// A column a metric, an entry a horizon; NaN where a metric is absent.
struct RollingMetrics {
  std::vector<std::int64_t> horizon_seconds;
  std::vector<double> mse, rmse, mae, mape, mdape, smape, coverage;
};

struct CutoffRows {
  Timestamp cutoff = 0;
  std::int64_t rows = 0;
};

struct ValidationDocument {
  std::int64_t schema_version = 1;
  std::int64_t horizon_seconds = 0;
  double interval_width = 0.0;
  std::int64_t rows = 0;
  std::vector<CutoffRows> cutoffs;
  std::optional<PerformanceMetrics> all;
  double rolling_window = 0.0;
  RollingMetrics rolling;
  const CrossValidation* with_rows = nullptr;
};

struct SearchDocument {
  std::int64_t schema_version = 1;
  std::vector<SearchResult> results;
};

constexpr Member kMetricsMembers[] = {
    PLIMSOLL_MEMBER("mse", PerformanceMetrics, mse),
    PLIMSOLL_MEMBER("rmse", PerformanceMetrics, rmse),
    PLIMSOLL_MEMBER("mae", PerformanceMetrics, mae),
    PLIMSOLL_MEMBER("mape", PerformanceMetrics, mape).says("null where some y is about 0."),
    PLIMSOLL_MEMBER("mdape", PerformanceMetrics, mdape),
    PLIMSOLL_MEMBER("smape", PerformanceMetrics, smape),
    PLIMSOLL_MEMBER("coverage", PerformanceMetrics, coverage)
        .says("Share of the rows within the interval."),
};
constexpr Shape kMetricsShape(kMetricsMembers, "PerformanceMetrics");

constexpr Member kRollingMembers[] = {
    PLIMSOLL_MEMBER("horizon_seconds", RollingMetrics, horizon_seconds),
    PLIMSOLL_MEMBER("mse", RollingMetrics, mse),
    PLIMSOLL_MEMBER("rmse", RollingMetrics, rmse),
    PLIMSOLL_MEMBER("mae", RollingMetrics, mae),
    PLIMSOLL_MEMBER("mape", RollingMetrics, mape).with_gaps(),
    PLIMSOLL_MEMBER("mdape", RollingMetrics, mdape).with_gaps(),
    PLIMSOLL_MEMBER("smape", RollingMetrics, smape),
    PLIMSOLL_MEMBER("coverage", RollingMetrics, coverage),
};
constexpr Shape kRollingShape(kRollingMembers, "RollingMetrics");

constexpr Member kCutoffMembers[] = {
    PLIMSOLL_MEMBER("cutoff", CutoffRows, cutoff).as(Form::kMoment),
    PLIMSOLL_MEMBER("n", CutoffRows, rows).from(0).says("Rows that were scored."),
};
constexpr Shape kCutoffShape(kCutoffMembers, "CutoffRows");

constexpr Member kRowsMembers[] = {
    PLIMSOLL_MEMBER("ds", CrossValidation, ds).as(Form::kMoment),
    PLIMSOLL_MEMBER("cutoff", CrossValidation, cutoff).as(Form::kMoment),
    PLIMSOLL_MEMBER("y", CrossValidation, y),
    PLIMSOLL_MEMBER("yhat", CrossValidation, yhat),
    PLIMSOLL_MEMBER("yhat_lower", CrossValidation, yhat_lower),
    PLIMSOLL_MEMBER("yhat_upper", CrossValidation, yhat_upper),
};
constexpr Shape kRowsShape(kRowsMembers, "CrossValidationRows");

constexpr Member kValidationMembers[] = {
    PLIMSOLL_MEMBER("schema_version", ValidationDocument, schema_version).among("1"),
    PLIMSOLL_MEMBER("horizon_seconds", ValidationDocument, horizon_seconds).from(1),
    PLIMSOLL_MEMBER("interval_width", ValidationDocument, interval_width),
    PLIMSOLL_MEMBER("n_rows", ValidationDocument, rows).from(0),
    PLIMSOLL_MEMBER("cutoffs", ValidationDocument, cutoffs).of(kCutoffShape),
    PLIMSOLL_MEMBER("metrics_all_rows", ValidationDocument, all).of(kMetricsShape),
    PLIMSOLL_MEMBER("rolling_window", ValidationDocument, rolling_window)
        .says("The window's share of the rows."),
    PLIMSOLL_MEMBER("metrics_rolling", ValidationDocument, rolling)
        .of(kRollingShape)
        .says("A column a metric, an entry a horizon."),
    PLIMSOLL_MEMBER("rows", ValidationDocument, with_rows)
        .of(kRowsShape)
        .or_left_out()
        .says("Absent in what --metrics writes."),
};

constexpr Member kResultMembers[] = {
    PLIMSOLL_MEMBER("changepoint_prior_scale", SearchResult, changepoint_prior_scale),
    PLIMSOLL_MEMBER("seasonality_prior_scale", SearchResult, seasonality_prior_scale),
    PLIMSOLL_MEMBER("metrics", SearchResult, metrics).of(kMetricsShape),
};
constexpr Shape kResultShape(kResultMembers, "SearchResult");

constexpr Member kSearchMembers[] = {
    PLIMSOLL_MEMBER("schema_version", SearchDocument, schema_version).among("1"),
    PLIMSOLL_MEMBER("results", SearchDocument, results).of(kResultShape),
};

RollingMetrics rolling_metrics(const std::vector<PerformanceMetrics>& rows) {
  constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
  RollingMetrics rolling;
  for (const PerformanceMetrics& row : rows) {
    rolling.horizon_seconds.push_back(row.horizon_seconds);
    rolling.mse.push_back(row.mse);
    rolling.rmse.push_back(row.rmse);
    rolling.mae.push_back(row.mae);
    rolling.mape.push_back(row.mape.value_or(kAbsent));
    rolling.mdape.push_back(row.mdape.value_or(kAbsent));
    rolling.smape.push_back(row.smape);
    rolling.coverage.push_back(row.coverage);
  }
  return rolling;
}

std::string encode(const CrossValidation& validation, double rolling_window, bool with_rows) {
  ValidationDocument document;
  document.horizon_seconds = validation.horizon_seconds;
  document.interval_width = validation.interval_width;
  document.rows = static_cast<std::int64_t>(validation.ds.size());
  std::size_t row = 0;
  for (const Timestamp cutoff : validation.cutoffs) {
    const std::size_t first = row;
    while (row < validation.cutoff.size() && validation.cutoff[row] == cutoff) ++row;
    document.cutoffs.push_back({cutoff, static_cast<std::int64_t>(row - first)});
  }
  const auto all = performance_metrics(validation, 1.0);
  if (!all.empty()) document.all = all.front();
  document.rolling_window = rolling_window;
  document.rolling = rolling_metrics(performance_metrics(validation, rolling_window));
  if (with_rows) document.with_rows = &validation;
  return write_document(&document, kCrossValidationShape);
}

}  // namespace

constinit const Shape kCrossValidationShape =
    Shape(kValidationMembers, "CrossValidation")
        .titled("What /v1/cross-validate answers; --metrics writes it without rows");
constinit const Shape kSearchShape =
    Shape(kSearchMembers, "Search")
        .titled("What /v1/search-priors answers: pairs of prior scales, best first by rmse");

std::string encode_cross_validation_csv(const CrossValidation& validation) {
  std::string out = "ds,cutoff,y,yhat,yhat_lower,yhat_upper\n";
  for (std::size_t row = 0; row < validation.ds.size(); ++row) {
    const auto i = static_cast<Eigen::Index>(row);
    out += format_ds(validation.ds[row]) + ',' + format_ds(validation.cutoff[row]);
    for (const Eigen::VectorXd* const column :
         {&validation.y, &validation.yhat, &validation.yhat_lower, &validation.yhat_upper}) {
      out += ',';
      append_number(out, (*column)[i]);
    }
    out += '\n';
  }
  return out;
}

std::string encode_cross_validation_metrics(const CrossValidation& validation,
                                            double rolling_window) {
  return encode(validation, rolling_window, false);
}

std::string encode_cross_validation(const CrossValidation& validation, double rolling_window) {
  return encode(validation, rolling_window, true);
}

std::string encode_search(const std::vector<SearchResult>& results) {
  const SearchDocument document{1, results};
  return write_document(&document, kSearchShape);
}

}  // namespace plimsoll
