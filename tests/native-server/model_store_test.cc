#include "model_store.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <fstream>
#include <thread>

#include "files.h"
#include "plimsoll/evaluate/record.h"
#include "plimsoll/evaluate/selection.h"
#include "temporary_folder.h"

namespace plimsoll::native {
namespace {

namespace fs = std::filesystem;

// Three days of a daily rhythm around `level` cores.
WorkloadModel make_model(const WorkloadKey& key, double level) {
  constexpr int kSamples = 3 * 288;
  MetricSeries metric;
  metric.metric = Metric::kCpu;
  metric.unit = Unit::kCores;
  metric.series.y.resize(kSamples);
  for (int i = 0; i < kSamples; ++i) {
    metric.series.ds.push_back(1767225600 + 300 * i);
    metric.series.y[i] = level + 0.01 * std::sin(i * 0.0218) + 0.001 * (i % 7);
  }
  auto model = train_workload(key, metric, Preset::kProphet, 1767484800);
  if (!model) throw std::runtime_error(message(model.error()));
  return std::move(model).value();
}

void promote(const ModelStore& store, const std::string& folder) {
  Stages pointer = store.stages(folder);
  pointer.production = pointer.staging;
  pointer.staging.reset();
  store.set_stages(folder, pointer);
}

TEST(ModelStore, MissingFolderIsAnEmptyStore) {
  const ModelStore store("/nonexistent/models");
  EXPECT_TRUE(store.folders().empty());
  EXPECT_TRUE(store.load_production().snapshot.models.empty());
  EXPECT_TRUE(store.load_production().problems.empty());
}

TEST(ModelStore, StagedModelIsServedOnlyAfterPromotion) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path() / "models");
  const WorkloadModel model = make_model({"", "default", ""}, 0.1);
  const std::string name = store.stage(model);
  EXPECT_EQ(name, "modular-cpu_prophet_model");
  EXPECT_EQ(store.stages(name).staging, model.model_version);
  EXPECT_TRUE(store.load_production().snapshot.models.empty());
  const std::string before = store.fingerprint();
  promote(store, name);
  EXPECT_NE(store.fingerprint(), before);
  const LoadedModels loaded = store.load_production();
  ASSERT_EQ(loaded.snapshot.models.size(), 1U);
  EXPECT_EQ(encode_model(*loaded.snapshot.models[0]), encode_model(model));
  EXPECT_EQ(loaded.snapshot.source, store.root().string());
}

TEST(ModelStore, StagingANewVersionLeavesWhatIsServed) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path());
  const WorkloadModel first = make_model({"shop", "cart", "app"}, 0.1);
  const WorkloadModel second = make_model({"shop", "cart", "app"}, 0.2);
  ASSERT_NE(first.model_version, second.model_version);
  const std::string name = store.stage(first);
  promote(store, name);
  store.stage(second);
  EXPECT_EQ(store.stages(name).production, first.model_version);
  EXPECT_EQ(store.load_production().snapshot.models.at(0)->model_version, first.model_version);
  promote(store, name);
  EXPECT_EQ(store.load_production().snapshot.models.at(0)->model_version, second.model_version);
  EXPECT_TRUE(fs::exists(folder.path() / name / "versions" / (first.model_version + ".json")));
}

TEST(ModelStore, BrokenModelIsToldAndTheOthersAreServed) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path());
  promote(store, store.stage(make_model({"", "good", ""}, 0.1)));
  const std::string bad = store.stage(make_model({"", "bad", ""}, 0.1));
  const std::string version = *store.stages(bad).staging;
  promote(store, bad);
  std::ofstream(folder.path() / bad / "versions" / (version + ".json")) << "{";
  const LoadedModels loaded = store.load_production();
  EXPECT_EQ(loaded.snapshot.models.size(), 1U);
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_NE(loaded.problems[0].find(bad), std::string::npos);
}

TEST(ModelStore, VersionIsNeverFollowedOutOfTheStore) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path());
  fs::create_directories(folder.path() / "modular-cpu_prophet_model");
  std::ofstream(folder.path() / "modular-cpu_prophet_model" / "stages.json")
      << R"({"Staging":null,"Production":"../../../etc/passwd"})";
  EXPECT_EQ(store.stages("modular-cpu_prophet_model"), Stages{});
}

TEST(Files, ReaderSeesTheOldFileOrTheNewOne) {
  const TemporaryFolder folder;
  const fs::path path = folder.path() / "pointer";
  const std::string old_bytes(100000, 'a');
  const std::string new_bytes(100000, 'b');
  write_file_atomically(path, old_bytes);
  std::atomic<bool> done{false};
  std::jthread writer([&] {
    for (int i = 0; i < 40; ++i) write_file_atomically(path, i % 2 == 0 ? new_bytes : old_bytes);
    done = true;
  });
  while (!done) {
    const std::string seen = read_file(path.string(), 200000);
    ASSERT_TRUE(seen == old_bytes || seen == new_bytes);
  }
  writer.join();
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(Files, ErrorsNameThePath) {
  try {
    (void)read_file("/nonexistent/file.csv", 10);
    FAIL();
  } catch (const FileError& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent/file.csv"), std::string::npos);
  }
}

}  // namespace
}  // namespace plimsoll::native
