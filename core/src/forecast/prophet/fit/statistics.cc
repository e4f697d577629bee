#include "forecast/prophet/fit/statistics.h"

#include <algorithm>

namespace plimsoll {
namespace {

constexpr std::int64_t kBlockRows = 64;

// Two doubles that every host has in one register; lanes never mix.
using Pair = double __attribute__((vector_size(16), aligned(8), may_alias));

// gram(i, j) += sum over the block of z_i z_j for i in {i, i+1}, j in {j, ..., j+3}. `block` is row
// major with `stride` columns. Kept out of line: long functions stay in V8's baseline tier.
[[gnu::noinline]] void add_tile(const double* block, std::int64_t rows, Eigen::Index stride,
                                Eigen::Index i, Eigen::Index j, double* tile) {
  Pair a0 = {tile[0], tile[1]};
  Pair a1 = {tile[2], tile[3]};
  Pair b0 = {tile[4], tile[5]};
  Pair b1 = {tile[6], tile[7]};
  for (std::int64_t r = 0; r < rows; ++r) {
    const double* const z = block + r * stride;
    const Pair z0 = {z[j], z[j + 1]};
    const Pair z1 = {z[j + 2], z[j + 3]};
    a0 += z0 * z[i];
    a1 += z1 * z[i];
    b0 += z0 * z[i + 1];
    b1 += z1 * z[i + 1];
  }
  const Pair sums[4] = {a0, a1, b0, b1};
  for (int lane = 0; lane < 8; ++lane) tile[lane] = sums[lane / 2][lane % 2];
}

void add_block(const double* block, std::int64_t rows, Eigen::Index stride,
               Eigen::MatrixXd& padded_gram) {
  for (Eigen::Index i = 0; i < stride; i += 2) {
    for (Eigen::Index j = i / 4 * 4; j < stride; j += 4) {
      double tile[8];
      for (int lane = 0; lane < 8; ++lane) tile[lane] = padded_gram(j + lane % 4, i + lane / 4);
      add_tile(block, rows, stride, i, j, tile);
      for (int lane = 0; lane < 8; ++lane) padded_gram(j + lane % 4, i + lane / 4) = tile[lane];
    }
  }
}

}  // namespace

Layout::Layout(const TrainingSet& set)
    : has_trend(set.config.growth != Growth::kFlat),
      hinges(has_trend ? set.changepoints.t.size() : 0),
      features(static_cast<Eigen::Index>(set.features.size())) {}

Design::Design(const TrainingSet& set)
    : set_(&set), layout_(set), features_(set.terms, set.series) {}

void Design::row(std::int64_t row, double* out) const {
  const double t = set_->scaled_time(row);
  if (layout_.has_trend) *out++ = t;
  *out++ = 1.0;
  for (Eigen::Index j = 0; j < layout_.hinges; ++j) {
    const double since = t - set_->changepoints.t[j];
    *out++ = since > 0.0 ? since : 0.0;
  }
  features_.row(static_cast<std::size_t>(row), out);
}

Statistics accumulate_rows(std::int64_t rows, Eigen::Index columns,
                           const std::function<void(std::int64_t, double*)>& write_row) {
  // The target rides along as the last column, so that all sums come out of one pass.
  const Eigen::Index stride = (columns + 1 + 3) / 4 * 4;
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(stride, stride);
  std::vector<double> block(static_cast<std::size_t>(kBlockRows * stride), 0.0);
  for (std::int64_t first = 0; first < rows; first += kBlockRows) {
    const std::int64_t count = std::min(kBlockRows, rows - first);
    for (std::int64_t r = 0; r < count; ++r) write_row(first + r, block.data() + r * stride);
    add_block(block.data(), count, stride, sums);
  }
  Statistics statistics;
  statistics.gram.resize(columns, columns);
  for (Eigen::Index i = 0; i < columns; ++i) {
    for (Eigen::Index j = i; j < columns; ++j) {
      statistics.gram(i, j) = sums(j, i);
      statistics.gram(j, i) = sums(j, i);
    }
  }
  statistics.moment.resize(columns);
  for (Eigen::Index i = 0; i < columns; ++i) statistics.moment[i] = sums(columns, i);
  statistics.rss = sums(columns, columns);
  statistics.reference = Eigen::VectorXd::Zero(columns);
  statistics.rows = rows;
  return statistics;
}

void recentre(const Design& design, const Eigen::VectorXd& theta, Statistics& statistics) {
  const Eigen::Index p = design.layout().columns();
  Eigen::VectorXd z(p);
  statistics.moment.setZero();
  statistics.rss = 0.0;
  statistics.reference = theta;
  for (std::int64_t row = 0; row < statistics.rows; ++row) {
    design.row(row, z.data());
    double residual = design.set().scaled_y(row);
    for (Eigen::Index i = 0; i < p; ++i) residual -= z[i] * theta[i];
    for (Eigen::Index i = 0; i < p; ++i) statistics.moment[i] += z[i] * residual;
    statistics.rss += residual * residual;
  }
}

}  // namespace plimsoll
