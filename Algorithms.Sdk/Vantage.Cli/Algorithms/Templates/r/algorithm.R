#!/usr/bin/env -S Rscript --vanilla
# The mean of a column over all sites, of which no site shows a row.

here <- dirname(gsub("~+~", " ", sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[1]), fixed = TRUE))
for (file in list.files(file.path(here, "kit"), pattern = "[.]R$", full.names = TRUE)) source(file)
source(file.path(here, "functions.R"))

vantage_main(algorithm)
