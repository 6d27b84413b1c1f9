#include <sys/stat.h>

#include <iostream>

#include "app/cli.h"

int main(int argc, char** argv) {
  ::umask(077);  // whatever this program writes is its owner's alone
  return heliograph::app::run({argv + 1, argv + argc}, std::cout, std::cerr);
}
