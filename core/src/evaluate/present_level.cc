#include "evaluate/present_level.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace plimsoll {
namespace {

constexpr std::int64_t kLeastSamplesABlock = 8;
constexpr std::size_t kBlocksBefore = 7;  // a week of days
constexpr std::size_t kLeastBlocksBefore = 3;

struct Block {
  Timestamp start = 0;  // samples in (start, start + length]
  std::int64_t samples = 0;
  double mean = 0.0;
};

struct Range {
  double low = 0.0;
  double high = 0.0;
};

std::int64_t block_length(std::int64_t cadence_seconds) {
  return kLeastSamplesABlock * cadence_seconds <= kSecondsPerDay ? kSecondsPerDay : kSecondsPerWeek;
}

// Latest first; blocks with less than half of the usual number of samples are left out.
std::vector<Block> blocks_of(const Series& series, std::int64_t length) {
  std::vector<Block> blocks;
  const Timestamp end = series.ds.back();
  for (std::size_t row = series.ds.size(); row-- > 0;) {
    const Timestamp start = end - ((end - series.ds[row]) / length + 1) * length;
    if (blocks.empty() || blocks.back().start != start) blocks.push_back({start, 0, 0.0});
    ++blocks.back().samples;
    blocks.back().mean += series.y[static_cast<Eigen::Index>(row)];
  }
  std::vector<std::int64_t> counts;
  for (Block& block : blocks) {
    block.mean /= static_cast<double>(block.samples);
    counts.push_back(block.samples);
  }
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2);
  std::nth_element(counts.begin(), middle, counts.end());
  const std::int64_t usual = *middle;
  std::erase_if(blocks, [usual](const Block& block) { return 2 * block.samples < usual; });
  return blocks;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0.0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double usual_step(const std::vector<Block>& blocks) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < blocks.size(); ++i) {
    steps.push_back(std::abs(blocks[i].mean - blocks[i - 1].mean));
  }
  return median(std::move(steps));
}

Range range_of(const std::vector<Block>& blocks, std::size_t first, std::size_t last) {
  Range range{blocks[first].mean, blocks[first].mean};
  for (std::size_t i = first; i < last; ++i) {
    range.low = std::min(range.low, blocks[i].mean);
    range.high = std::max(range.high, blocks[i].mean);
  }
  return range;
}

bool is_weekend(const Block& block) {
  constexpr int kSaturday = 5;
  return day_of_week(block.start + kSecondsPerDay / 2) >= kSaturday;
}

// Less than a week before them: then latest blocks that are all of a weekend may be just that.
bool may_be_a_weekend(const std::vector<Block>& blocks, std::size_t latest, std::size_t before) {
  return before < kBlocksBefore &&
         std::all_of(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(latest),
                     is_weekend);
}

bool lies_clear(const Range& latest, const Range& before, double middles, double step) {
  const double gap = std::max(latest.low - before.high, before.low - latest.high);
  const bool above = latest.low > before.high;
  const double nearest = above ? std::max(std::abs(latest.low), std::abs(before.high))
                               : std::max(std::abs(latest.high), std::abs(before.low));
  return gap > std::max(2.0 * step, 0.05 * nearest) && middles > 6.0 * step;
}

// The number of latest blocks that make the present level; 0 without a shift.
std::size_t blocks_since_shift(const std::vector<Block>& blocks) {
  const double step = usual_step(blocks);
  for (std::size_t latest = 1; latest + kLeastBlocksBefore <= blocks.size(); ++latest) {
    const std::size_t before = std::min(kBlocksBefore, blocks.size() - latest);
    std::vector<double> means;
    double sum = 0.0;
    for (std::size_t i = 0; i < latest; ++i) sum += blocks[i].mean;
    for (std::size_t i = latest; i < latest + before; ++i) means.push_back(blocks[i].mean);
    const double middles = std::abs(sum / static_cast<double>(latest) - median(std::move(means)));
    if (may_be_a_weekend(blocks, latest, before)) continue;
    // A single block may be an outburst of a kind that was seen before.
    const std::size_t compared = latest == 1 ? blocks.size() : latest + before;
    if (lies_clear(range_of(blocks, 0, latest), range_of(blocks, latest, compared), middles,
                   step)) {
      return latest;
    }
  }
  return 0;
}

}  // namespace

PresentLevel present_level(const Series& series, std::int64_t cadence_seconds) {
  PresentLevel level;
  level.block_seconds = block_length(cadence_seconds);
  const std::vector<Block> blocks = blocks_of(series, level.block_seconds);
  const std::size_t latest = blocks_since_shift(blocks);
  level.shifted = latest > 0;
  level.since = series.ds.front();
  if (level.shifted) {
    level.since = series.ds[static_cast<std::size_t>(
        std::upper_bound(series.ds.begin(), series.ds.end(), blocks[latest - 1].start) -
        series.ds.begin())];
  }
  const std::size_t counted = std::min(kBlocksBefore, level.shifted ? latest : blocks.size());
  const Range range = range_of(blocks, 0, counted);
  level.low = range.low;
  level.high = range.high;
  return level;
}

}  // namespace plimsoll
