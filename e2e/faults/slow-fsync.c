// Preloaded into a server: while the file named by ZOOLENS_SLOW_FSYNC exists, the disk takes 5 s for each flush. The JDK
// flushes by fdatasync or fsync (FileDispatcherImpl.force0).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static void wait_if_slow(void) {
  const char *gate = getenv("ZOOLENS_SLOW_FSYNC");
  if (gate != NULL && access(gate, F_OK) == 0) sleep(5);
}

int fsync(int fd) {
  wait_if_slow();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd);
}

int fdatasync(int fd) {
  wait_if_slow();
  return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd);
}
