using Vantage.NodeAgent.Data.Odbc;

namespace Vantage.Tests.NodeAgent.Data.Odbc;

public sealed class OdbcRightsTests
{
    [Theory]
    [InlineData("GRANT USAGE ON *.* TO `r`@`%` IDENTIFIED BY PASSWORD '*0'", null)]
    [InlineData("GRANT SELECT, SHOW VIEW ON `d`.* TO `r`@`%`", null)]
    [InlineData("GRANT SELECT (`a`, `b`) ON `d`.`t` TO `r`@`%`", null)]
    [InlineData("GRANT SELECT, UPDATE (`a`, `b`) ON `d`.`t` TO `r`@`%`", "may UPDATE")]
    [InlineData("GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION", "may ALL PRIVILEGES")]
    [InlineData("GRANT SELECT ON `d`.* TO `r`@`%` WITH GRANT OPTION", "may grant rights to others")]
    [InlineData("GRANT EXECUTE ON FUNCTION `d`.`f` TO `r`@`%`", "may EXECUTE")]
    [InlineData("GRANT `clerk` TO `r`@`%`", "has a role or rights that the node does not know")]
    [InlineData("GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION", "may PROXY")]
    public void WhatAGrantAllows_IsKnown(string grant, string? expected) => Assert.Equal(expected, OdbcRights.More(grant));
}
