using Vantage.Cli.Sandboxes.Data;
using Vantage.Client.Errors;
using Vantage.Tests.Client;

namespace Vantage.Tests.Cli.Sandboxes;

public sealed class SiteNamingTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ASite_IsCalledAsItsFileIs()
    {
        var sites = SiteNaming.Of([File("north.csv"), File("Großes Spital (2).CSV"), File("a=b.csv")]);

        Assert.Equal(["north", "Großes Spital -2-", "a-b"], sites.Select(s => s.Site));
    }

    [Fact]
    public void FilesOfOneName_AreSitesOfTheirOwn()
    {
        var sites = SiteNaming.Of([File("x/data.csv"), File("y/data.csv"), $"data-2={File("z/data.csv")}"]);

        Assert.Equal(["data", "data-3", "data-2"], sites.Select(s => s.Site));
    }

    [Fact]
    public void AName_IsGivenInFrontOfTheFile()
    {
        var path = File("2019=final.csv");

        Assert.Equal([("North West", path)], SiteNaming.Of([$"North West={path}"]));
        Assert.Equal([("2019-final", path)], SiteNaming.Of([path]));
    }

    [Fact]
    public void AFolder_StandsForItsTables()
    {
        File("t/b.csv");
        File("t/a.TSV");
        File("t/.hidden.csv");
        File("t/notes.txt");

        Assert.Equal(["a", "b"], SiteNaming.Of([folder["t"]]).Select(s => s.Site));
    }

    [Fact]
    public void WhatCannotBeMeant_IsRefused()
    {
        var path = File("a.csv");
        Directory.CreateDirectory(folder["empty"]);

        Assert.Contains("Which files?", Refusal(), StringComparison.Ordinal);
        Assert.Contains("given twice", Refusal(path, $"other={path}"), StringComparison.Ordinal);
        Assert.Contains("Two sites are called", Refusal($"x={path}", $"X={File("b.csv")}"), StringComparison.Ordinal);
        Assert.Contains("holds no .csv", Refusal(folder["empty"]), StringComparison.Ordinal);
        Assert.Contains("can't be the name of a site", Refusal($"a\nb={path}"), StringComparison.Ordinal);
        Assert.Contains("names a folder", Refusal($"x={folder["empty"]}"), StringComparison.Ordinal);
    }

    private static string Refusal(params string[] texts) => Assert.Throws<VantageException>(() => SiteNaming.Of(texts)).What;

    private string File(string name)
    {
        var path = folder[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, "x\n1\n");
        return path;
    }
}
