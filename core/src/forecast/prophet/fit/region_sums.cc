#include "forecast/prophet/fit/region_sums.h"

#include <algorithm>

namespace plimsoll {
namespace {

constexpr double kUnitSeconds = static_cast<double>(kSecondsPerDay);

// Places of the columns within a region's sums.
constexpr Eigen::Index kOne = 0;
constexpr Eigen::Index kTime = 1;
constexpr Eigen::Index kFirstFeature = 2;

// The line slope u + height that a trend column is within one region.
struct Line {
  double slope = 0.0;
  double height = 0.0;
};

// How a fit sees the region's columns.
class View {
 public:
  View(const TrainingSet& fit, const Layout& layout, const std::vector<Regressor>& passed)
      : fit_(fit), layout_(layout) {
    t_per_day_ = kUnitSeconds / static_cast<double>(fit.scaling.t_scale_seconds);
    const auto features = static_cast<std::size_t>(layout.features);
    scales_.assign(features, 1.0);
    shifts_.assign(features, 0.0);
    const std::size_t first = features - fit.terms.regressors.size();
    for (std::size_t r = 0; r < fit.terms.regressors.size(); ++r) {
      const Regressor& own = fit.terms.regressors[r];
      scales_[first + r] = passed[r].deviation / own.deviation;
      shifts_[first + r] = (passed[r].mean - own.mean) / own.deviation;
    }
  }

  // The trend columns that are not 0 in the region: [t, 1, hinges up to there].
  void trend_lines(Timestamp begin, std::vector<Line>& lines) const {
    lines.clear();
    if (layout_.has_trend) lines.push_back(line_from(fit_.scaling.start, begin));
    lines.push_back({0.0, 1.0});
    if (!layout_.has_trend) return;
    for (const Timestamp changepoint : fit_.changepoints.ds) {
      if (changepoint > begin) break;
      lines.push_back(line_from(changepoint, begin));
    }
  }

  [[nodiscard]] double scale(Eigen::Index feature) const {
    return scales_[static_cast<std::size_t>(feature)];
  }
  [[nodiscard]] double shift(Eigen::Index feature) const {
    return shifts_[static_cast<std::size_t>(feature)];
  }

 private:
  // (ds - zero) / t_scale as a line over the days since `begin`.
  [[nodiscard]] Line line_from(Timestamp zero, Timestamp begin) const {
    return {t_per_day_,
            static_cast<double>(begin - zero) / static_cast<double>(fit_.scaling.t_scale_seconds)};
  }

  const TrainingSet& fit_;
  const Layout& layout_;
  double t_per_day_ = 0.0;
  std::vector<double> scales_;
  std::vector<double> shifts_;
};

double sum_of_lines(const Eigen::MatrixXd& sums, const Line& a, const Line& b) {
  return a.slope * b.slope * sums(kTime, kTime) +
         (a.slope * b.height + a.height * b.slope) * sums(kTime, kOne) +
         a.height * b.height * sums(kOne, kOne);
}

// Adds one region to the lower triangle of the gram matrix and to the moment.
void add_region(const Eigen::MatrixXd& sums, const std::vector<Line>& lines, const View& view,
                const Layout& layout, Statistics& statistics) {
  const Eigen::Index target = kFirstFeature + layout.features;
  const auto trends = static_cast<Eigen::Index>(lines.size());
  for (Eigen::Index i = 0; i < trends; ++i) {
    const Line& line = lines[static_cast<std::size_t>(i)];
    for (Eigen::Index j = i; j < trends; ++j) {
      statistics.gram(j, i) += sum_of_lines(sums, line, lines[static_cast<std::size_t>(j)]);
    }
    const double line_sum = line.slope * sums(kTime, kOne) + line.height * sums(kOne, kOne);
    for (Eigen::Index f = 0; f < layout.features; ++f) {
      const double product =
          line.slope * sums(kFirstFeature + f, kTime) + line.height * sums(kFirstFeature + f, kOne);
      statistics.gram(layout.first_feature() + f, i) +=
          view.scale(f) * product + view.shift(f) * line_sum;
    }
    statistics.moment[i] += line.slope * sums(target, kTime) + line.height * sums(target, kOne);
  }
  for (Eigen::Index f = 0; f < layout.features; ++f) {
    const Eigen::Index row = kFirstFeature + f;
    for (Eigen::Index g = f; g < layout.features; ++g) {
      const Eigen::Index other = kFirstFeature + g;
      statistics.gram(layout.first_feature() + g, layout.first_feature() + f) +=
          view.scale(f) * view.scale(g) * sums(other, row) +
          view.scale(f) * view.shift(g) * sums(row, kOne) +
          view.shift(f) * view.scale(g) * sums(other, kOne) +
          view.shift(f) * view.shift(g) * sums(kOne, kOne);
    }
    statistics.moment[layout.first_feature() + f] +=
        view.scale(f) * sums(target, row) + view.shift(f) * sums(target, kOne);
  }
  statistics.rss += sums(target, target);
}

}  // namespace

void add_boundaries(const TrainingSet& fit, std::vector<Timestamp>& boundaries) {
  boundaries.insert(boundaries.end(), fit.changepoints.ds.begin(), fit.changepoints.ds.end());
  boundaries.push_back(fit.series.ds.back() + 1);
}

RegionSums::RegionSums(const Series& series, const Terms& terms, std::vector<Timestamp> boundaries)
    : regressors_(terms.regressors) {
  std::sort(boundaries.begin(), boundaries.end());
  const FeatureRows rows(terms, series);
  const Eigen::Index width = kFirstFeature + rows.columns();
  const auto row_at = [&series](Timestamp moment) {
    return std::lower_bound(series.ds.begin(), series.ds.end(), moment) - series.ds.begin();
  };
  Region region;
  region.begin = series.ds.front();
  const auto close = [&](std::int64_t end) {
    region.rows = end - region.first_row;
    if (region.rows == 0) return;
    const Statistics sums = accumulate_rows(region.rows, width, [&](std::int64_t row, double* out) {
      const auto at = static_cast<std::size_t>(region.first_row + row);
      out[kOne] = 1.0;
      out[kTime] = static_cast<double>(series.ds[at] - region.begin) / kUnitSeconds;
      rows.row(at, out + kFirstFeature);
      out[width] = series.y[static_cast<Eigen::Index>(at)];
    });
    region.sums.resize(width + 1, width + 1);
    region.sums.topLeftCorner(width, width) = sums.gram;
    region.sums.row(width).head(width) = sums.moment.transpose();
    region.sums(width, width) = sums.rss;
    regions_.push_back(region);
  };
  for (const Timestamp boundary : boundaries) {
    if (boundary <= region.begin) continue;
    const std::int64_t end = row_at(boundary);
    close(end);
    region.begin = boundary;
    region.first_row = end;
  }
  close(series.size());
}

Statistics RegionSums::statistics_of(const TrainingSet& fit) const {
  const Layout layout(fit);
  const View view(fit, layout, regressors_);
  Statistics statistics;
  statistics.gram = Eigen::MatrixXd::Zero(layout.columns(), layout.columns());
  statistics.moment = Eigen::VectorXd::Zero(layout.columns());
  statistics.reference = Eigen::VectorXd::Zero(layout.columns());
  statistics.rows = fit.series.size();
  std::vector<Line> lines;
  for (const Region& region : regions_) {
    if (region.first_row >= statistics.rows) break;
    view.trend_lines(region.begin, lines);
    add_region(region.sums, lines, view, layout, statistics);
  }
  statistics.gram.triangularView<Eigen::StrictlyUpper>() = statistics.gram.transpose();
  const double y_scale = fit.scaling.y_scale;
  for (double& moment : statistics.moment) moment /= y_scale;
  statistics.rss /= y_scale * y_scale;
  return statistics;
}

}  // namespace plimsoll
