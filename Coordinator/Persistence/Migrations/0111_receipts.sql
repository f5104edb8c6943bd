-- A receipt that came while its run was offered again is kept for audit; the same receipt ends the run once its node has
-- claimed it again. Which one ended a run is therefore said later, and nothing else of a receipt ever changes.
GRANT UPDATE (accepted, epoch) ON run_receipt TO vantage_app;
