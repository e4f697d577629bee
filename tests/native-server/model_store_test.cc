#include "model_store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <fstream>
#include <thread>
#include <vector>

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

TEST(ModelStore, MissingFolderIsAnEmptyStore) {
  const ModelStore store("/nonexistent/models");
  EXPECT_TRUE(store.folders().empty());
  EXPECT_TRUE(store.load_production().snapshot.models.empty());
  EXPECT_TRUE(store.load_production().snapshot.problems.empty());
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
  store.promote(name);
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
  store.promote(name);
  store.stage(second);
  EXPECT_EQ(store.stages(name).production, first.model_version);
  EXPECT_EQ(store.load_production().snapshot.models.at(0)->model_version, first.model_version);
  store.promote(name);
  EXPECT_EQ(store.load_production().snapshot.models.at(0)->model_version, second.model_version);
  EXPECT_TRUE(fs::exists(folder.path() / name / "versions" / (first.model_version + ".json")));
}

TEST(ModelStore, BrokenModelIsToldAndTheOthersAreServed) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path());
  store.promote(store.stage(make_model({"", "good", ""}, 0.1)));
  const std::string bad = store.stage(make_model({"", "bad", ""}, 0.1));
  const std::string version = *store.stages(bad).staging;
  store.promote(bad);
  std::ofstream(folder.path() / bad / "versions" / (version + ".json")) << "{";
  const LoadedModels loaded = store.load_production();
  EXPECT_EQ(loaded.snapshot.models.size(), 1U);
  ASSERT_EQ(loaded.snapshot.problems.size(), 1U);
  EXPECT_EQ(loaded.snapshot.problems[0].model, bad);
  EXPECT_EQ(loaded.snapshot.problems[0].serving, "");
}

// A store with two versions of one model in Production, one after the other.
struct TwoVersions {
  TemporaryFolder folder;
  ModelStore store{folder.path()};
  std::string name, first, second;
  TwoVersions() {
    const auto promote = [this](double level) {
      const WorkloadModel model = make_model({"", "web", ""}, level);
      name = store.stage(model);
      store.promote(name);
      return model.model_version;
    };
    first = promote(0.1);
    second = promote(0.2);
  }
  [[nodiscard]] fs::path version(const std::string& which) const {
    return folder.path() / name / "versions" / (which + ".json");
  }
};

void write(const fs::path& path, const std::string& bytes) { std::ofstream(path) << bytes; }

TEST(ModelStore, DamagedProductionGivesWayToTheVersionBefore) {
  const std::string original = [] {
    const TwoVersions two;
    return read_file(two.version(two.second), 1 << 20);
  }();
  std::string other = original;
  other[other.find("0.2")] = '1';
  for (const std::string& bytes :
       {std::string(), original.substr(0, original.size() / 2), other, std::string("{}"),
        std::string(1000, '['), std::string("\0", 1)}) {
    const TwoVersions two;
    write(two.version(two.second), bytes);
    const Snapshot snapshot = two.store.load_production().snapshot;
    ASSERT_EQ(snapshot.models.size(), 1U);
    EXPECT_EQ(snapshot.models[0]->model_version, two.first);
    ASSERT_EQ(snapshot.problems.size(), 1U);
    EXPECT_EQ(snapshot.problems[0].serving, two.first);
    EXPECT_NE(snapshot.problems[0].reason.find(two.second + ".json"), std::string::npos);
    // The next run writes it anew.
    two.store.stage(make_model({"", "web", ""}, 0.2));
    EXPECT_EQ(two.store.load_production().snapshot.models[0]->model_version, two.second);
    EXPECT_TRUE(two.store.load_production().snapshot.problems.empty());
  }
}

TEST(ModelStore, MissingProductionGivesWayToTheVersionBefore) {
  const TwoVersions two;
  fs::remove(two.version(two.second));
  EXPECT_EQ(two.store.load_production().snapshot.models.at(0)->model_version, two.first);
  fs::create_directory(two.version(two.second));
  EXPECT_EQ(two.store.load_production().snapshot.models.at(0)->model_version, two.first);
}

TEST(ModelStore, AStoreWithoutHashesIsRead) {
  const TwoVersions two;
  fs::remove_all(two.folder.path() / two.name / "hashes");
  fs::remove(two.folder.path() / two.name / "history.json");
  EXPECT_EQ(two.store.load_production().snapshot.models.at(0)->model_version, two.second);
  EXPECT_TRUE(two.store.load_production().snapshot.problems.empty());
}

TEST(ModelStore, DamagedStagesAreReadFromTheHistory) {
  for (const char* bytes : {"", "{", "[]", "null"}) {
    const TwoVersions two;
    write(two.folder.path() / two.name / "stages.json", bytes);
    EXPECT_EQ(two.store.stages(two.name).production, two.second);
    const Snapshot snapshot = two.store.load_production().snapshot;
    ASSERT_EQ(snapshot.models.size(), 1U);
    EXPECT_EQ(snapshot.models[0]->model_version, two.second);
    EXPECT_EQ(snapshot.problems.at(0).serving, two.second);
    fs::remove(two.folder.path() / two.name / "stages.json");
    EXPECT_EQ(two.store.load_production().snapshot.models.size(), 1U);
  }
}

TEST(ModelStore, KeepsTheLastVersionsAndThoseInAStage) {
  const TemporaryFolder folder;
  const ModelStore store(folder.path());
  std::vector<std::string> versions;
  std::string name;
  for (int i = 0; i < 9; ++i) {
    const WorkloadModel model = make_model({"", "web", ""}, 0.1 + 0.01 * i);
    versions.push_back(model.model_version);
    name = store.stage(model);
    if (i < 8) store.promote(name);
  }
  const auto has = [&](const std::string& version) {
    return fs::exists(folder.path() / name / "versions" / (version + ".json"));
  };
  EXPECT_FALSE(has(versions[0]));
  EXPECT_FALSE(has(versions[1]));
  EXPECT_FALSE(fs::exists(folder.path() / name / "hashes" / versions[1]));
  for (std::size_t i = 2; i < 9; ++i) EXPECT_TRUE(has(versions[i])) << i;
  EXPECT_EQ(store.stages(name).previous.size(), kKeptVersions);
}

TEST(ModelStore, WhatIsNoModelIsSkippedAndNamed) {
  const TwoVersions two;
  fs::create_symlink("loop", two.folder.path() / "loop");
  fs::create_directory(two.folder.path() / "lost+found");
  fs::create_symlink("/nonexistent", two.folder.path() / "dangling");
  write(two.folder.path() / "notes.txt", "ours or not, no folder");
  LoadedModels loaded = two.store.load_production();
  EXPECT_EQ(loaded.snapshot.models.size(), 1U);
  std::sort(loaded.skipped.begin(), loaded.skipped.end());
  EXPECT_EQ(loaded.skipped, (std::vector<std::string>{"dangling", "loop", "lost+found"}));
  EXPECT_FALSE(two.store.fingerprint().empty());
}

TEST(ModelStore, AModelThatIsLoadedIsNotReadAgain) {
  const TwoVersions two;
  const Snapshot known = two.store.load_production().snapshot;
  write(two.version(two.second), "damaged");
  const Snapshot again = two.store.load_production(known).snapshot;
  EXPECT_EQ(again.models.at(0), known.models.at(0));
}

TEST(ModelStore, WhatCannotBeListedIsAnError) {
  const TemporaryFolder folder;
  write(folder.path() / "file", "");
  EXPECT_THROW((void)ModelStore(folder.path() / "file").folders(), FileError);
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

TEST(Files, TemporaryNamesAreKnown) {
  for (const char* name : {"a.json.tmp-0123456789abcdef", "stages.json.tmp1-0", "x.tmp123-45"}) {
    EXPECT_TRUE(is_temporary_name(name)) << name;
  }
  for (const char* name :
       {"a.json", "a.tmp", ".tmp-0", "a.tmp-xyz", "a.tmp-", "a.tmp1", "a.tmp1-x"}) {
    EXPECT_FALSE(is_temporary_name(name)) << name;
  }
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
