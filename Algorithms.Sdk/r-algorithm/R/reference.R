# Exactly which code this is, for a node that runs it as its worker: builtin:name@version+sha256:... The digest is that of
# one line `path TAB sha256-in-hex LF` for each *.R below the program's folder, ordered by path in bytes; the kit lies there too.

reference_of <- function(algorithm) {
  root <- dirname(program_path())
  files <- list.files(root, pattern = "[.]R$", recursive = TRUE)
  files <- files[order(files, method = "radix")]
  lines <- vapply(files, function(f) sprintf("%s\t%s\n", f, sha256_of(file.path(root, f))), "")
  listing <- tempfile("code")
  on.exit(unlink(listing))
  writeBin(charToRaw(enc2utf8(paste(lines, collapse = ""))), listing)
  sprintf("builtin:%s@%s+sha256:%s", algorithm$name, algorithm$version, sha256_of(listing))
}

program_path <- function() {
  word <- grep("^--file=", commandArgs(), value = TRUE)
  if (length(word) == 0) stop("This is not a program that Rscript started, so its code has no digest.")
  # Rscript writes a blank so.
  normalizePath(gsub("~+~", " ", sub("^--file=", "", word[1]), fixed = TRUE))
}

# R has no SHA-256 of its own before 4.5.
sha256_of <- function(path) {
  sub("^\\\\?([0-9a-f]{64}).*", "\\1", system2("sha256sum", shQuote(path), stdout = TRUE)[1])
}
