#include "service/cli/application.h"
#include "service/cli/heap.h"

int main(int argc, char** argv) {
  klausul::cli::UseHugePages();
  return klausul::cli::Run(argc, argv);
}
