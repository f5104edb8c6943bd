"""python3 -m unittest"""

import unittest

from algorithm import algorithm, central
from vantage_algorithm.in_process import InProcess, memory_table


class Mean(unittest.TestCase):
    def test_split_over_sites_it_is_that_of_all_rows(self):
        federation = InProcess(algorithm, North=memory_table(age=[40, None]), South=memory_table(age=[50, 60]))

        self.assertEqual({"n": 3, "mean": 50}, central(federation, column="age"))


if __name__ == "__main__":
    unittest.main()
