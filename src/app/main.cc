#include <sys/stat.h>

#include <iostream>

#include <string_view>

#include "app/cli.h"
#include "images/worker.h"

int main(int argc, char** argv) {
  // What the server starts for itself; nobody else is told of it.
  if (argc == 2 && std::string_view(argv[1]) == "image-worker") return heliograph::images::run_worker(0);
  ::umask(077);  // whatever this program writes is its owner's alone
  return heliograph::app::run({argv + 1, argv + argc}, std::cout, std::cerr);
}
