// Lists of hashes: how many pictures are hashed a second, how long it takes to find one in millions.
//
//   build/bench/hash_bench [MILLIONS...]     sizes of the list; 1 and 10 unless given
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <random>

#include "images/pdq.h"
#include "safety/hashes/hash_lists.h"

using namespace heliograph;

namespace {

// Processor time of this thread: what others do on the machine does not count.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}
double seconds_since(double start) {
  return now() - start;
}

Hash256 random_hash(std::mt19937_64& random) {
  return {{random(), random(), random(), random()}};
}

void hash_pictures(std::mt19937_64& random) {
  for (const auto& [width, height] : {std::pair(512, 384), std::pair(1024, 768)}) {
    images::Raster raster(width, height);
    for (auto& byte : raster.rgb) byte = static_cast<std::uint8_t>(random());
    int count = 0;
    const auto start = now();
    while (seconds_since(start) < 2) {
      raster.rgb[static_cast<std::size_t>(count)] ^= 1;
      static_cast<void>(images::pdq(raster));
      ++count;
    }
    std::cout << "PDQ, " << width << " x " << height << ": " << count / seconds_since(start)
              << " pictures/s\n";
  }
}

// Half of the queries are in the list, some bits off; each in its eight positions, as a picture is looked up.
void look_up(std::size_t count, std::mt19937_64& random) {
  std::vector<Hash256> hashes;
  hashes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) hashes.push_back(random_hash(random));
  std::vector<safety::MediaPrint> queries(4'000);
  for (std::size_t i = 0; i < queries.size(); ++i) {
    auto& print = queries[i];
    print.pdq_quality = 100;
    for (int turn = 0; turn < 8; ++turn) print.pdq.push_back(random_hash(random));
    if (i % 2 != 0) continue;
    print.pdq[0] = hashes[random() % count];
    for (int bit = 0; bit < 25; ++bit) print.pdq[0].words[bit % 4] ^= std::uint64_t{1} << random() % 64;
  }
  auto start = now();
  const safety::PdqIndex index(std::move(hashes));
  std::cout << count << " hashes: index of " << index.bands() << " bands in " << seconds_since(start)
            << " s, " << static_cast<double>(index.memory_bytes()) / static_cast<double>(count)
            << " bytes a hash\n";
  std::vector<double> one, all;
  std::size_t matched = 0;
  std::vector<safety::PdqIndex::Found> found;
  for (const auto& query : queries) {
    start = now();
    for (std::size_t turn = 0; turn < query.pdq.size(); ++turn) {
      index.find(query.pdq[turn], safety::pdq_distance_max, found);
      matched += found.size();
      if (turn == 0) one.push_back(seconds_since(start) * 1e6);
    }
    all.push_back(seconds_since(start) * 1e6);
  }
  const auto print = [](const char* what, std::vector<double>& times) {
    std::ranges::sort(times);
    std::cout << what << ": p50 " << times[times.size() / 2] << " us, p99 " << times[times.size() * 99 / 100]
              << " us\n";
  };
  print("  one hash", one);
  print("  a picture in all eight positions", all);
  std::cout << "  " << matched << " of " << queries.size() / 2 << " listed ones found\n";
}

}  // namespace

int main(int argc, char** argv) {
  std::mt19937_64 random(5);
  hash_pictures(random);
  if (argc < 2) {
    for (const std::size_t millions : {1, 10}) look_up(millions * 1'000'000, random);
  }
  for (int i = 1; i < argc; ++i) {
    const auto millions = std::strtod(argv[i], nullptr);
    if (millions > 0) look_up(static_cast<std::size_t>(millions * 1e6), random);
  }
}
