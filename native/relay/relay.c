/*
 * The one way by which a container without a network reaches its node: listens on 127.0.0.1 and hands each connection,
 * byte for byte, to a Unix socket. Reads nothing into what passes, allocates nothing, opens no file.
 *
 *     relay PORT=SOCKET [PORT=SOCKET ...]
 *
 * Says "ready" on its standard output once every port is listened on. It runs in a container of its own that shares
 * nothing with the algorithm's but the loopback device; whoever answers at the sockets decides what may be asked.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST_DOORS = 8, MOST_PAIRS = 128, BUFFER = 16 * 1024, WAITING = 64 };

struct door {
    int listener;
    struct sockaddr_un target;
};

/* What goes one way: bytes from `from` (0 or 1) that the other end has not taken yet. */
struct way {
    size_t start, length;
    int ended;
    char bytes[BUFFER];
};

/* fd[0] is the container's end, fd[1] the node's; way[i] carries what fd[i] says. Unused when fd[0] is -1. */
struct pair {
    int fd[2];
    struct way way[2];
};

static struct door doors[MOST_DOORS];
static struct pair pairs[MOST_PAIRS];
static int door_count;

static void fail(const char *what)
{
    const char *why = strerror(errno);
    if (write(2, what, strlen(what)) < 0 || write(2, ": ", 2) < 0 || write(2, why, strlen(why)) < 0 || write(2, "\n", 1) < 0) {
        _exit(2);
    }
    _exit(1);
}

static void open_door(char *word)
{
    char *path = strchr(word, '=');
    char *end = NULL;
    long port = strtol(word, &end, 10);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct door *door = &doors[door_count];
    int yes = 1;

    errno = EINVAL;
    if (door_count == MOST_DOORS || path == NULL || end != path || port < 1 || port > 65535
        || strlen(path + 1) == 0 || strlen(path + 1) >= sizeof door->target.sun_path) {
        fail("a door is PORT=SOCKET, and there are at most 8");
    }
    door->target.sun_family = AF_UNIX;
    strcpy(door->target.sun_path, path + 1);
    here.sin_port = htons((uint16_t)port);
    door->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (door->listener < 0 || setsockopt(door->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0
        || bind(door->listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(door->listener, WAITING) < 0) {
        fail("can't listen");
    }
    door_count++;
}

static struct pair *free_pair(void)
{
    for (int i = 0; i < MOST_PAIRS; i++) {
        if (pairs[i].fd[0] < 0) {
            return &pairs[i];
        }
    }
    return NULL;
}

static void close_pair(struct pair *pair)
{
    close(pair->fd[0]);
    close(pair->fd[1]);
    pair->fd[0] = pair->fd[1] = -1;
}

static void accept_one(struct door *door, struct pair *pair)
{
    int yes = 1;
    int inside = accept4(door->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    int outside;

    if (inside < 0) {
        return;
    }
    outside = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    /* Never waits: a node that is busy or gone is a connection that ends at once. */
    if (outside < 0 || connect(outside, (struct sockaddr *)&door->target, sizeof door->target) < 0) {
        if (outside >= 0) {
            close(outside);
        }
        close(inside);
        return;
    }
    (void)setsockopt(inside, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    pair->fd[0] = inside;
    pair->fd[1] = outside;
    for (int i = 0; i < 2; i++) {
        pair->way[i].start = pair->way[i].length = 0;
        pair->way[i].ended = 0;
    }
}

/* 0 when the connection can't go on. */
static int take(struct way *way, int from, int to)
{
    ssize_t got = read(from, way->bytes, BUFFER);
    if (got > 0) {
        way->start = 0;
        way->length = (size_t)got;
        return 1;
    }
    if (got < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    way->ended = 1;
    return shutdown(to, SHUT_WR) == 0;
}

static int give(struct way *way, int to)
{
    ssize_t put = send(to, way->bytes + way->start, way->length, MSG_NOSIGNAL);
    if (put < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    way->start += (size_t)put;
    way->length -= (size_t)put;
    return 1;
}

static short wanted(const struct pair *pair, int end)
{
    const struct way *out = &pair->way[end], *in = &pair->way[1 - end];
    return (short)((out->length == 0 && !out->ended ? POLLIN : 0) | (in->length > 0 ? POLLOUT : 0));
}

static void serve(struct pair *pair, const struct pollfd *polled)
{
    for (int end = 0; end < 2; end++) {
        short seen = polled[end].fd < 0 ? 0 : polled[end].revents;
        int ok = 1;
        if ((seen & POLLOUT) != 0) {
            ok = give(&pair->way[1 - end], pair->fd[end]);
        }
        if (ok && (seen & (POLLIN | POLLHUP)) != 0 && (polled[end].events & POLLIN) != 0) {
            ok = take(&pair->way[end], pair->fd[end], pair->fd[1 - end]);
        }
        if (!ok || (seen & (POLLERR | POLLNVAL)) != 0) {
            close_pair(pair);
            return;
        }
    }
    if (pair->way[0].ended && pair->way[1].ended && pair->way[0].length == 0 && pair->way[1].length == 0) {
        close_pair(pair);
    }
}

int main(int argc, char **argv)
{
    static struct pollfd polled[MOST_DOORS + 2 * MOST_PAIRS];

    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < MOST_PAIRS; i++) {
        pairs[i].fd[0] = pairs[i].fd[1] = -1;
    }
    for (int i = 1; i < argc; i++) {
        open_door(argv[i]);
    }
    if (door_count == 0) {
        errno = EINVAL;
        fail("no door was given");
    }
    if (write(1, "ready\n", 6) != 6) {
        fail("can't say that it is ready");
    }

    for (;;) {
        int has_room = free_pair() != NULL;
        for (int i = 0; i < door_count; i++) {
            polled[i] = (struct pollfd){ .fd = has_room ? doors[i].listener : -1, .events = POLLIN };
        }
        for (int i = 0; i < MOST_PAIRS; i++) {
            for (int end = 0; end < 2; end++) {
                short events = pairs[i].fd[0] < 0 ? 0 : wanted(&pairs[i], end);
                /* An end that nothing is wanted of is left out: it would report its hang-up for ever. */
                polled[MOST_DOORS + 2 * i + end] = (struct pollfd){ .fd = events != 0 ? pairs[i].fd[end] : -1, .events = events };
            }
        }
        for (int i = door_count; i < MOST_DOORS; i++) {
            polled[i] = (struct pollfd){ .fd = -1 };
        }
        if (poll(polled, MOST_DOORS + 2 * MOST_PAIRS, -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            fail("can't wait");
        }
        for (int i = 0; i < MOST_PAIRS; i++) {
            if (pairs[i].fd[0] >= 0) {
                serve(&pairs[i], &polled[MOST_DOORS + 2 * i]);
            }
        }
        for (int i = 0; i < door_count; i++) {
            struct pair *pair = polled[i].fd >= 0 && polled[i].revents != 0 ? free_pair() : NULL;
            if (pair != NULL) {
                accept_one(&doors[i], pair);
            }
        }
    }
}
