#include "data/unread_columns.h"

#include <algorithm>

#include "data/cells.h"

namespace plimsoll {
namespace {

// More distinct words than this are notes or moments, or too many series to tell.
constexpr std::size_t kMostWords = 64;

bool is_bound(const ColumnBindings& bindings, std::size_t index) {
  const auto is_at = [index](const ColumnBinding& column) { return column.index == index; };
  return is_at(bindings.timestamp) ||
         std::any_of(bindings.numeric.begin(), bindings.numeric.end(), is_at) ||
         std::any_of(bindings.names.begin(), bindings.names.end(), is_at);
}

// Numbers measure; words name.
bool is_word(const std::string& text) {
  return read_number(text, {.allow_suffix = true, .allow_decimal_comma = true}).kind ==
         CellKind::kText;
}

}  // namespace

UnreadColumns::UnreadColumns(const std::vector<std::string>& headers,
                             const ColumnBindings& bindings) {
  for (std::size_t i = 0; i < headers.size(); ++i) {
    if (!is_bound(bindings, i)) columns_.push_back({headers[i], i, {}, 0});
  }
}

void UnreadColumns::add(const std::vector<std::string_view>& fields) {
  ++rows_;
  for (Column& column : columns_) {
    if (column.words.size() > kMostWords) continue;
    const std::string_view text = trim_cell(fields[column.index]);
    if (!column.words.empty() && column.words[column.last] == text) continue;
    const auto known = std::find(column.words.begin(), column.words.end(), text);
    column.last = static_cast<std::size_t>(known - column.words.begin());
    if (known == column.words.end()) column.words.emplace_back(text);
  }
}

std::vector<std::string> UnreadColumns::telling() const {
  std::vector<std::string> headers;
  for (const Column& column : columns_) {
    const std::size_t words = column.words.size();
    if (words < 2 || words > kMostWords || 2 * words > rows_) continue;
    if (std::any_of(column.words.begin(), column.words.end(), is_word)) {
      headers.push_back(column.header);
    }
  }
  return headers;
}

}  // namespace plimsoll
