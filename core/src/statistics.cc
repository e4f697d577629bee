#include "statistics.h"

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

Design::Design(const TrainingSet& set)
    : set_(&set),
      has_trend_(set.config.growth == Growth::kLinear),
      hinges_(has_trend_ ? set.changepoints.t.size() : 0),
      columns_(first_feature() + static_cast<Eigen::Index>(set.feature_names.size())) {}

void Design::row(std::int64_t row, double* out) const {
  const Timestamp ds = set_->series.ds[static_cast<std::size_t>(row)];
  const double t = static_cast<double>(ds - set_->scaling.start) /
                   static_cast<double>(set_->scaling.t_scale_seconds);
  if (has_trend_) *out++ = t;
  *out++ = 1.0;
  for (Eigen::Index j = 0; j < hinges_; ++j) {
    const double since = t - set_->changepoints.t[j];
    *out++ = since > 0.0 ? since : 0.0;
  }
  fourier_row(set_->seasonalities, ds, out);
}

double Design::scaled_y(std::int64_t row) const {
  return set_->series.y[static_cast<Eigen::Index>(row)] / set_->scaling.y_scale;
}

Statistics accumulate(const Design& design) {
  // y rides along as the last column, so that Z'y and y'y come out of the same sums.
  const Eigen::Index p = design.columns();
  const Eigen::Index stride = (p + 1 + 3) / 4 * 4;
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(stride, stride);
  std::vector<double> block(static_cast<std::size_t>(kBlockRows * stride), 0.0);
  for (std::int64_t first = 0; first < design.rows(); first += kBlockRows) {
    const std::int64_t rows = std::min(kBlockRows, design.rows() - first);
    for (std::int64_t r = 0; r < rows; ++r) {
      double* const z = block.data() + r * stride;
      design.row(first + r, z);
      z[p] = design.scaled_y(first + r);
    }
    add_block(block.data(), rows, stride, sums);
  }
  Statistics statistics;
  statistics.gram.resize(p, p);
  for (Eigen::Index i = 0; i < p; ++i) {
    for (Eigen::Index j = i; j < p; ++j) {
      statistics.gram(i, j) = sums(j, i);
      statistics.gram(j, i) = sums(j, i);
    }
  }
  statistics.moment.resize(p);
  for (Eigen::Index i = 0; i < p; ++i) statistics.moment[i] = sums(p, i);
  statistics.rss = sums(p, p);
  statistics.reference = Eigen::VectorXd::Zero(p);
  statistics.rows = design.rows();
  return statistics;
}

void recentre(const Design& design, const Eigen::VectorXd& theta, Statistics& statistics) {
  const Eigen::Index p = design.columns();
  Eigen::VectorXd z(p);
  statistics.moment.setZero();
  statistics.rss = 0.0;
  statistics.reference = theta;
  for (std::int64_t row = 0; row < design.rows(); ++row) {
    design.row(row, z.data());
    double residual = design.scaled_y(row);
    for (Eigen::Index i = 0; i < p; ++i) residual -= z[i] * theta[i];
    for (Eigen::Index i = 0; i < p; ++i) statistics.moment[i] += z[i] * residual;
    statistics.rss += residual * residual;
  }
}

}  // namespace plimsoll
