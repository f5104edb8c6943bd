using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Keys.Custody;
using Vantage.Cli.Keys.Devices;
using Vantage.Cli.Keys.Protecting;
using Vantage.Cli.Keys.Revoking;

namespace Vantage.Cli.Keys;

/// <summary>
/// <c>vantage keys</c>. The organization's admin keeps the root and compares fingerprints; people and nodes ask to be
/// certified; nobody believes a key because the Coordinator says so.
/// </summary>
internal static class KeyCommands
{
    public static void Fill(Command noun, CliConsole console) => noun.With(
        InitCommand.Build(console),
        RequestCommand.Build(console),
        RotateCommand.Build(console),
        CertifyCommand.Build(console),
        DeviceCommands.Build(console),
        PinCommand.Build(console),
        InstallCommand.Build(console),
        FingerprintCommand.Build(console),
        CatalogueCommand.Build(console),
        ProtectCommand.Build(console),
        BackupCommand.Build(console),
        RecoverCommands.Build(console),
        SignerCommands.Build(console),
        RevokeCommand.Build(console),
        RevocationsCommands.Build(console));
}
