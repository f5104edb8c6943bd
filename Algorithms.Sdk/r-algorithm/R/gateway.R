# Speaks HTTP/1.1 to the run's Gateway, over its Unix socket or framed over standard streams (stdio.R). R cannot open a Unix
# socket by itself; the curl program can, and is in every base image of ours. What is sent goes through files of this run's
# own scratch space, never over a command line.

gateway_of <- function(address) {
  new_gateway(if (identical(address$kind, "stdio-http")) stdio_open() else address$address)
}

# `path` is the socket's, or what stdio_open gave.
new_gateway <- function(path) list(
  progress = function(percent) gateway_send(path, "POST", "/progress", json_write(list(percent = percent)), "application/json"),
  log = function(text) gateway_send(path, "POST", "/log", charToRaw(cut_text(text)), "text/plain; charset=utf-8"),
  error = function(failure) gateway_send(path, "POST", "/error", json_write(failure), "application/json"),
  output = function(name, bytes, cap) gateway_output(path, name, bytes, cap),
  next_call = function() {
    answer <- gateway_send(path, "GET", "/next", NULL, "")
    if (answer$status == 410) return(NULL)
    if (answer$status != 200) gateway_lost(sprintf("The Gateway at %s gives no calls: it answered %d.", path, answer$status))
    json_read(answer$body)
  },
  ask = function(name, arguments) {
    body <- json_write(list(`function` = name, arguments = json_object(arguments)))
    json_read(gateway_take(path, "POST", "/subtasks", body))$task
  },
  settled = function(task) {
    repeat {
      state <- json_read(gateway_take(path, "GET", paste0("/subtasks/", task)))
      if (isTRUE(state$settled)) return(state$sites)
    }
  },
  result = function(task, site) gateway_take(path, "GET", sprintf("/subtasks/%s/%d", task, site)))

gateway_output <- function(path, name, bytes, cap) {
  status <- gateway_send(path, "PUT", paste0("/output/", name), bytes, "application/octet-stream")$status
  if (status == 413) output_too_large(cap)
  if (status == 501) run_failed("not-yet", sprintf("This node does not take the output '%s' yet.", name))
  if (status >= 300) {
    run_failed("algorithm-failed", sprintf("The node did not take the output '%s': it answered %d.", name, status))
  }
}

gateway_take <- function(path, method, route, body = NULL) {
  answer <- gateway_send(path, method, route, body, "application/json")
  if (answer$status < 300) return(answer$body)
  why <- tryCatch({
    problem <- json_read(answer$body)
    sprintf(" (%s): %s", problem$code, problem$detail)
  }, error = function(e) sprintf(": it answered %d.", answer$status))
  run_failed(if (answer$status == 501) "not-yet" else "sites-failed", paste0("The node did not ask the sites", why))
}

gateway_send <- function(path, method, route, body, type) {
  if (is.environment(path)) return(stdio_send(path, method, route, body, type))
  sent <- tempfile("sent")
  got <- tempfile("got")
  on.exit(unlink(c(sent, got)))
  words <- c("-q", "--silent", "--noproxy", "*", "--unix-socket", path, "--request", method, "--output", got,
             "--write-out", "%{http_code}", "--header", "Expect:")
  if (!is.null(body)) {
    writeBin(body, sent)
    words <- c(words, "--header", paste("Content-Type:", type), "--data-binary", paste0("@", sent))
  }
  said <- suppressWarnings(system2("curl", shQuote(c(words, paste0("http://gateway", route))), stdout = TRUE, stderr = FALSE))
  ended <- attr(said, "status")
  if (!is.null(ended)) {
    why <- if (ended == 127) "this image has no curl, by which this kit speaks to it" else paste("curl ended with", ended)
    gateway_lost(sprintf("The Gateway at %s could not be reached or broke off: %s.", path, why))
  }
  list(status = as.integer(said[length(said)]),
       body = if (file.exists(got)) readBin(got, "raw", file.size(got)) else raw())
}

output_too_large <- function(cap) {
  run_failed("output-too-large",
             sprintf("The run's outputs exceed %.0f bytes. Ask for less, or have the node's policy allow more.", cap))
}
