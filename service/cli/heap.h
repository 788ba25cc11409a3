#ifndef KLAUSUL_SERVICE_CLI_HEAP_H_
#define KLAUSUL_SERVICE_CLI_HEAP_H_

namespace klausul::cli {

// Lets the heap grow in huge pages where the system has them on request. A
// command allocates most of its memory at once, while it compiles the rules;
// in pages of 4 KiB a quarter of its time would go to page faults. Call first
// in main(); does nothing where the C library is not glibc.
void UseHugePages();

}  // namespace klausul::cli

#endif  // KLAUSUL_SERVICE_CLI_HEAP_H_
