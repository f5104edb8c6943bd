/* What a shell can't try, and a minimal algorithm for contract v1. Built into the tests' own image; see ProbeImage.cs. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

static int fail(const char *what) { perror(what); return 1; }

/* probe sys NAME-INDEPENDENT-NUMBER ARGS…: 0 if the kernel did it. Strings that begin with '/' are passed as such. */
static int sys(int count, char **words) {
    long a[7] = {0};
    for (int i = 0; i < count && i < 7; i++)
        a[i] = words[i][0] == '/' ? (long)words[i] : strtol(words[i], NULL, 0);
    long answer = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
    printf("%ld: %ld %s\n", a[0], answer, answer < 0 ? strerror(errno) : "done");
    return answer < 0;
}

/* probe memory MIB: takes and touches so much. */
static int memory(long mib) {
    for (long i = 0; i < mib; i++) {
        char *block = malloc(1 << 20);
        if (!block) return fail("malloc");
        memset(block, 1, 1 << 20);
    }
    puts("had it all");
    return 0;
}

/* probe files: opens until no more are to be had, and says how many. */
static int files(void) {
    int count = 0;
    while (open("/dev/null", O_RDONLY) >= 0) count++;
    printf("%d files\n", count);
    return 0;
}

/* probe forks: forks until no more are to be had, and says how many. */
static int forks(void) {
    int count = 0;
    for (;;) {
        pid_t child = fork();
        if (child < 0) break;
        if (child == 0) for (;;) pause();
        if (++count > 100000) break;
    }
    printf("%d children\n", count);
    fflush(stdout);
    return 0;
}

static int dial(const char *path) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    return s < 0 || connect(s, (struct sockaddr *)&to, sizeof to) < 0 ? -1 : s;
}

/* probe abstract NAME: 0 if a Unix socket without a file could be reached. */
static int abstract_name(const char *name) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    memcpy(to.sun_path + 1, name, length);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    return s < 0 || connect(s, (struct sockaddr *)&to, sizeof(sa_family_t) + 1 + length) < 0 ? fail("abstract") : 0;
}

static ssize_t all(int file, char *to, ssize_t size) {
    ssize_t total = 0, got;
    while (total < size && (got = read(file, to + total, size - total)) > 0) total += got;
    return total;
}

/* The same request in frames over standard streams, as connection 0. */
static ssize_t framed(const char *request, int length, char *answer, ssize_t size) {
    unsigned char head[8] = {2, 1, 0, 0, 0, 0, length >> 8, length};
    if (write(1, head, 8) != 8 || write(1, request, length) != length) return -1;
    ssize_t total = 0;
    while (all(0, (char *)head, 8) == 8 && head[0] == 2 && head[2] == 0) {
        ssize_t part = head[5] << 16 | head[6] << 8 | head[7];
        if (part > size - total || all(0, answer + total, part) != part) return -1;
        total += part;
    }
    static const char end[8] = {2, 1, 1};
    return write(1, end, 8) == 8 ? total : -1;
}

static char answer[65536];

/* probe call SOCKET METHOD PATH BODY: one HTTP request; 0 if the answer is 2xx. */
static int call(const char *path, const char *method, const char *target, const char *body) {
    char request[4096];
    int length = snprintf(request, sizeof request,
        "%s %s HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        method, target, strlen(body), body);
    ssize_t total;
    if (!strcmp(path, "stdio")) {
        total = framed(request, length, answer, sizeof answer - 1);
    } else {
        int s = dial(path);
        if (s < 0) return fail("connect");
        total = write(s, request, length) == length ? all(s, answer, sizeof answer - 1) : -1;
        close(s);
    }
    answer[total > 0 ? total : 0] = 0;
    int code = 0;
    sscanf(answer, "HTTP/1.1 %d", &code);
    printf("%d\n", code);
    return code / 100 != 2;
}

/* probe flood SOCKET BYTES: an output that never seems to end. */
static int flood(const char *path, long long bytes) {
    int s = dial(path);
    if (s < 0) return fail("connect");
    dprintf(s, "PUT /output/result HTTP/1.1\r\nHost: gateway\r\nContent-Length: %lld\r\n\r\n", bytes);
    static char block[65536];
    for (; bytes > 0; bytes -= sizeof block)
        if (send(s, block, sizeof block, MSG_NOSIGNAL) < 0) return fail("send");
    return 0;
}

/* The text after "name":" in the run's file; enough for files that a node wrote. */
static void member(const char *json, const char *name, char *value, size_t size) {
    char key[64];
    snprintf(key, sizeof key, "\"%s\":\"", name);
    const char *at = strstr(json, key);
    *value = 0;
    if (!at) return;
    at += strlen(key);
    size_t length = strcspn(at, "\"");
    snprintf(value, size, "%.*s", (int)length, at);
}

/* All that can be flooded at once, for some seconds; what is left of it ends with the first process. */
static void floods(void) {
    static char block[65536];
    for (int kind = 0; kind < 5; kind++) {
        if (fork() != 0) continue;
        /* Where memory ends these go, and the first process stays to tell. */
        int score = open("/proc/self/oom_score_adj", O_WRONLY);
        if (score < 0 || write(score, "1000", 4) != 4) _exit(1);
        close(score);
        if (kind == 0) for (;;) write(1, block, sizeof block);
        if (kind == 1) for (;;) if (!fork()) for (;;) pause();
        if (kind == 2) for (;;) { char *more = malloc(1 << 20); if (more) memset(more, 1, 1 << 20); }
        if (kind == 3) { while (open("/dev/null", O_RDONLY) >= 0); pause(); }
        int file = open("/tmp/flood", O_CREAT | O_WRONLY, 0600);
        for (long i = 1;; i++) if (write(file, block, sizeof block) < 0 || i % 4096 == 0) lseek(file, 0, SEEK_SET);
    }
    sleep(8);
}

/* One call of "mean": count and sum of the first column. "wait" never ends, "crash" ends at once. */
static int one(const char *function, const char *gateway, const char *data) {
    static char line[65536];
    static int calls = 0;
    char body[256];
    FILE *file;
    calls++;
    call(gateway, "POST", "/progress", "{\"percent\":50}");
    if (!strcmp(function, "wait")) for (;;) pause();
    if (!strcmp(function, "crash")) _exit(7);
    if (!strcmp(function, "all-floods")) floods();
    if (!(file = fopen(data, "r"))) return fail("data");
    double sum = 0;
    long count = 0;
    if (!fgets(line, sizeof line, file)) return fail("header");
    while (fgets(line, sizeof line, file)) { sum += strtod(line, NULL); count++; }
    fclose(file);
    snprintf(body, sizeof body, "{\"count\":%ld,\"sum\":%.17g,\"call\":%d}", count, sum, calls);
    return call(gateway, "PUT", "/output/result", body);
}

/* probe mean: contract v1 from end to end, warm where the node keeps its workers so. */
static int mean(void) {
    static char run[65536];
    char data[512], gateway[512], function[64];
    const char *where = getenv("VANTAGE_RUN");
    FILE *file = where ? fopen(where, "r") : NULL;
    if (!file) return fail("run.json");
    run[fread(run, 1, sizeof run - 1, file)] = 0;
    fclose(file);
    member(run, "address", gateway, sizeof gateway);
    char *list = strstr(run, "\"data\":[");
    member(list ? list : run, "path", data, sizeof data);
    if (!strstr(run, "\"warm\":true")) {
        member(run, "function", function, sizeof function);
        return one(function, gateway, data);
    }
    while (call(gateway, "GET", "/next", "") == 0) {
        member(answer, "function", function, sizeof function);
        if (one(function, gateway, data) != 0) return 1;
    }
    return 0;
}

int main(int count, char **words) {
    const char *what = count > 1 ? words[1] : "";
    if (!strcmp(what, "sys")) return sys(count - 2, words + 2);
    if (!strcmp(what, "memory")) return memory(atol(words[2]));
    if (!strcmp(what, "files")) return files();
    if (!strcmp(what, "forks")) return forks();
    if (!strcmp(what, "abstract")) return abstract_name(words[2]);
    if (!strcmp(what, "call")) return call(words[2], words[3], words[4], words[5]);
    if (!strcmp(what, "flood")) return flood(words[2], atoll(words[3]));
    if (!strcmp(what, "mean")) return mean();
    fputs("probe: what?\n", stderr);
    return 2;
}
