// Worker processes (worker.h) and the threads that speak to them. A worker that dies, hangs or talks nonsense
// costs the one request it had.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "images/images.h"

namespace heliograph::images {

struct PoolOptions {
  // Started anew for every picture, with the socket as descriptor 0: {program, arguments...}.
  std::vector<std::string> command{"/proc/self/exe", "image-worker"};
  std::size_t processes = 2;  // at a time
  // What waits, in bytes; further pictures: unavailable IMAGES_OVERLOADED.
  std::size_t queue_bytes_max = std::size_t{128} << 20;
  std::size_t queue_max = 256;                   // the same of their number
  Duration deadline = std::chrono::seconds(20);  // for one picture
  bool ahead = true;                             // the next worker is started before its picture comes
};

// Starts no process before the first picture comes.
std::unique_ptr<Images> start_pool(PoolOptions options = {});
// `options.command`: a program that looks (vision/main.cc).
std::unique_ptr<Viewer> start_viewer(PoolOptions options);

}  // namespace heliograph::images
