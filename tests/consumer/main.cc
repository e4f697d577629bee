// Reads ds,y data from standard input, fits Prophet's model, and prints the next seven days as
// `plimsoll predict --periods 7 --freq 1d` does.
#include <plimsoll/plimsoll.h>

#include <iostream>
#include <iterator>
#include <string>

int main() {
  const std::string csv(std::istreambuf_iterator<char>(std::cin), {});
  const auto model =
      plimsoll::fit_training_csv(csv, {}, {}, plimsoll::Preset::kProphet, std::nullopt);
  if (!model) {
    std::cerr << plimsoll::message(model.error()) << '\n';
    return 1;
  }
  std::vector<plimsoll::Timestamp> days;
  for (int day = 1; day <= 7; ++day) {
    days.push_back(model.value().model.history_end + day * plimsoll::kSecondsPerDay);
  }
  std::cout << plimsoll::encode_forecast_csv(
      plimsoll::predict(model.value().model, days, {.trend_interval = true}));
}
