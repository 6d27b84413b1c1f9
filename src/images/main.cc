// The worker as a program of its own, for tests; the server starts itself as one.
#include "images/worker.h"

int main() {
  return heliograph::images::run_worker(0);
}
