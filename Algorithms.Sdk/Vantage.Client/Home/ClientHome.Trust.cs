using Vantage.Client.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Client.Home;

/// <summary>
/// <c>pins.jws</c>, which partners' roots are believed, and <c>catalogue.jws</c>, which code an algorithm's name means:
/// both signed by the organization's own root, both only ever replaced by a newer one.
/// </summary>
public sealed partial class ClientHome
{
    /// <summary>The pinned roots, as the organization signed them.</summary>
    public string PinsPath => Path.Combine(Directory, "pins.jws");

    /// <summary>The algorithms that the organization vouches for, as it signed them.</summary>
    public string CataloguePath => Path.Combine(Directory, "catalogue.jws");

    private readonly Remembered remembered = new();

    /// <summary>Whether <see cref="PinsPath"/> is there.</summary>
    public bool HasPins => File.Exists(PinsPath);

    /// <summary>Whether <see cref="CataloguePath"/> is there.</summary>
    public bool HasCatalogue => File.Exists(CataloguePath);

    /// <summary>
    /// Believes a root from now on: of the organization that the person belongs to, after comparing fingerprints.
    /// </summary>
    public void InstallRoot(Certificate root)
    {
        _ = Failures.Translate(() => PinnedRoot.Of(root));
        if (HasRoot && ReadRoot().Hash != root.Hash)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid,
                $"{RootPath} is another root, and is not replaced.",
                "If your organization really changed its root, move that file away by hand first.");
        }

        Write(RootPath, root.ToPem());
    }

    /// <summary>The partners' roots that are believed here.</summary>
    public Pins ReadPins(DateTimeOffset now) => HasPins
        ? Failures.Translate(() => remembered.Pins(ReadStatement(PinsPath), ReadRoot(), now))
        : throw new VantageException(ClientErrorCodes.RootNotPinned, $"No partner is pinned in {Directory}.",
            "Your organization's admin pins partners with 'vantage keys pin'; install the pins.jws that they give you "
            + "with "
            + "'vantage keys install'.");

    /// <summary>Keeps a newer pin statement; an older one, or one by somebody else, is refused.</summary>
    public Pins InstallPins(string jws, DateTimeOffset now)
    {
        var seen = HasPins ? ReadPins(now).Statement.Serial : 0;
        var pins = Failures.Translate(() => Pins.Verify(jws, ReadRoot(), now, seen));
        Write(PinsPath, jws + "\n");
        return pins;
    }

    /// <summary>What algorithm names mean here.</summary>
    public CatalogueStatement ReadCatalogue(DateTimeOffset now) => HasCatalogue
        ? Verify(ReadStatement(CataloguePath), now, 0)
        : throw new VantageException(ClientErrorCodes.AlgorithmUnknown,
        $"There is no catalogue of algorithms in {Directory}.",
            "Your organization's admin signs one with 'vantage keys catalogue'; install the catalogue.jws that they "
            + "give you "
            + "with 'vantage keys install'.");

    /// <summary>Keeps a newer catalogue; an older one, or one by another organization, is refused.</summary>
    public CatalogueStatement InstallCatalogue(string jws, DateTimeOffset now)
    {
        var catalogue = Verify(jws, now, HasCatalogue ? ReadCatalogue(now).Serial : 0);
        Write(CataloguePath, jws + "\n");
        return catalogue;
    }

    private CatalogueStatement Verify(string jws, DateTimeOffset now, long seen) =>
        Failures.Translate(() => remembered.Catalogue(jws, ReadRoot(), now, seen));

    private static string ReadStatement(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{path} can't be read: {e.Message}", null, e);
        }
    }
}
