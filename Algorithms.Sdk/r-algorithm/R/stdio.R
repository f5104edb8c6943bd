# The frames of a Gateway that is spoken to over standard streams; docs/algorithm-contract.md describes them. One request
# after the other, all as connection 0.

stdio_largest <- 65536

# Standard output belongs to the frames from now on: what a function prints goes to standard error, and so to the run's log.
# R has no binary connection to its own standard output; `cat` hands on what it is given.
stdio_open <- function() {
  sink(stderr())
  line <- new.env()
  line$input <- file("stdin", "rb")
  line$output <- pipe("exec cat", "wb")
  line
}

stdio_send <- function(line, method, route, body, type) {
  head <- paste0(method, " ", route, " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n",
                 if (!is.null(body)) sprintf("Content-Type: %s\r\n", type), sprintf("Content-Length: %d\r\n\r\n", length(body)))
  stdio_write(line, c(charToRaw(head), body))
  answer <- stdio_answer(line)
  stdio_frame(line, 1, raw())
  flush(line$output)
  http_answer(answer)
}

stdio_write <- function(line, bytes) {
  for (start in seq(1, length(bytes), by = stdio_largest)) {
    stdio_frame(line, 0, bytes[start:min(length(bytes), start + stdio_largest - 1)])
  }
  flush(line$output)
}

stdio_frame <- function(line, kind, bytes) {
  size <- length(bytes)
  head <- as.raw(c(2, 1, kind, 0, 0, size %/% 65536, (size %/% 256) %% 256, size %% 256))
  tryCatch(writeBin(c(head, bytes), line$output), error = stdio_lost)
}

# All that the node sends until it sends no more.
stdio_answer <- function(line) {
  parts <- list()
  repeat {
    head <- as.integer(readBin(line$input, "raw", 8))
    if (length(head) < 8) stdio_lost("the node closed this program's standard input")
    size <- sum(head[5:8] * 256^(3:0))
    if (!identical(head[c(1, 2, 4)], c(2L, 1L, 0L)) || size > stdio_largest) stdio_lost("what came is no frame of version 1")
    if (head[3] == 1L) return(unlist(parts))
    parts[[length(parts) + 1L]] <- readBin(line$input, "raw", size)
  }
}

stdio_lost <- function(why) {
  why <- if (inherits(why, "condition")) conditionMessage(why) else why
  gateway_lost(sprintf("The Gateway at this program's standard streams could not be reached or broke off: %s.", why))
}

http_answer <- function(bytes) {
  end <- if (length(bytes)) grepRaw("\r\n\r\n", bytes, fixed = TRUE) else integer()
  if (length(end) == 0) stdio_lost("it gave no answer")
  head <- strsplit(rawToChar(bytes[seq_len(end - 1L)]), "\r\n", fixed = TRUE)[[1]]
  body <- bytes[-seq_len(end + 3L)]
  if (any(grepl("^transfer-encoding:[ ]*chunked", head, ignore.case = TRUE))) body <- unchunked(body)
  list(status = as.integer(substr(head[1], 10, 12)), body = body)
}

unchunked <- function(bytes) {
  parts <- list()
  repeat {
    end <- grepRaw("\r\n", bytes, fixed = TRUE)
    if (length(end) == 0) stdio_lost("its answer broke off")
    size <- strtoi(rawToChar(bytes[seq_len(end - 1L)]), 16L)
    if (size == 0) return(if (length(parts)) unlist(parts) else raw())
    parts[[length(parts) + 1L]] <- bytes[end + 1L + seq_len(size)]
    bytes <- bytes[-seq_len(end + 1L + size + 2L)]
  }
}
