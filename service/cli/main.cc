#include "service/cli/application.h"

int main(int argc, char** argv) {
  return klausul::cli::Run(argc, argv);
}
