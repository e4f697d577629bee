#include "forecast/prophet/fit/identifiability.h"

#include "base/number_text.h"
#include "plimsoll/forecast/prophet/terms/terms.h"

namespace plimsoll {
namespace {

enum class Standing { kIdentified, kZero, kReproduced };

// Eliminates column after column (Cholesky's factorisation); where next to nothing of a column is
// left, those before it reproduce it.
std::vector<Standing> standing_of(const Eigen::MatrixXd& gram) {
  constexpr double kLeastShare = 1e-10;  // of a column's square
  const Eigen::Index n = gram.rows();
  Eigen::MatrixXd left = gram;
  std::vector<Standing> standing(static_cast<std::size_t>(n), Standing::kIdentified);
  for (Eigen::Index j = 0; j < n; ++j) {
    Standing& own = standing[static_cast<std::size_t>(j)];
    if (!(gram(j, j) > 0.0)) {
      own = Standing::kZero;
    } else if (left(j, j) <= kLeastShare * gram(j, j)) {
      own = Standing::kReproduced;
    }
    if (own != Standing::kIdentified) continue;
    for (Eigen::Index c = j + 1; c < n; ++c) {
      const double share = left(c, j) / left(j, j);
      for (Eigen::Index r = c; r < n; ++r) left(r, c) -= share * left(r, j);
    }
  }
  return standing;
}

// The straight trend, then the features; hinges are the prior's to choose among.
Eigen::MatrixXd without_hinges(const Eigen::MatrixXd& gram, const Layout& layout) {
  std::vector<Eigen::Index> kept;
  for (Eigen::Index i = 0; i < layout.columns(); ++i) {
    if (i < layout.first_hinge() || i >= layout.first_feature()) kept.push_back(i);
  }
  const auto n = static_cast<Eigen::Index>(kept.size());
  Eigen::MatrixXd part(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j < n; ++j) {
      part(i, j) = gram(kept[static_cast<std::size_t>(i)], kept[static_cast<std::size_t>(j)]);
    }
  }
  return part;
}

std::string describe(const std::string& term, std::int64_t zero, std::int64_t reproduced,
                     std::int64_t columns) {
  if (zero == columns) {
    return "The term " + term +
           " is 0 throughout the history, so nothing is learnt about it and it adds nothing to the "
           "forecast. Give history in which it occurs, or leave it out.";
  }
  return "The term " + term + " is not identified: " + std::to_string(zero + reproduced) + " of " +
         counted(columns, "column") +
         " cannot be told apart from the trend and the terms before it on this history, so "
         "the coefficients follow the prior. Lower its order, leave it out, or give more history.";
}

}  // namespace

std::vector<std::string> unidentified_terms(const TrainingSet& set, const Statistics& statistics) {
  const Layout layout(set);
  const std::vector<Standing> standing = standing_of(without_hinges(statistics.gram, layout));
  const auto first = static_cast<std::size_t>(layout.first_hinge());
  std::vector<std::string> warnings;
  for (const ComponentColumns& component : components_of(set.terms)) {
    if (component.kind != ComponentKind::kTerm) continue;
    std::int64_t zero = 0;
    std::int64_t reproduced = 0;
    for (const Eigen::Index column : component.columns) {
      const Standing own = standing[first + static_cast<std::size_t>(column)];
      zero += own == Standing::kZero ? 1 : 0;
      reproduced += own == Standing::kReproduced ? 1 : 0;
    }
    if (zero + reproduced == 0) continue;
    warnings.push_back(describe(component.name, zero, reproduced,
                                static_cast<std::int64_t>(component.columns.size())));
  }
  return warnings;
}

}  // namespace plimsoll
