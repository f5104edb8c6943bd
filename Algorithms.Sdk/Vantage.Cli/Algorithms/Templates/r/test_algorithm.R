# Rscript test_algorithm.R
for (file in list.files("kit", pattern = "[.]R$", full.names = TRUE)) source(file)
source("functions.R")

federation <- vantage_in_process(algorithm, North = data.frame(age = c(40, NA)), South = data.frame(age = c(50, 60)))
stopifnot(identical(algorithm$functions$central$body(federation, "age"), list(n = 3, mean = 50)))
cat("ok\n")
