using System.CommandLine;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Printing;
using Vantage.Client.Errors;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Cli.Keys.Devices;

/// <summary>
/// <c>vantage keys device list|remove</c>: where a person works. Another device is made by <c>keys request</c> in a home of its
/// own; one that was lost is revoked by <c>keys revoke</c>.
/// </summary>
internal static class DeviceCommands
{
    public static Command Build(CliConsole console) =>
        new Command("device", "The devices of a person, each with keys of its own; answers are sealed to all.")
            .With(List(console), Remove(console));

    private static Command List(CliConsole console)
    {
        var whose = new Argument<string?>("user") { Description = "Id or name; yourself by default.", Arity = ArgumentArity.ZeroOrOne };
        return new Command("list", "The devices of a person, and whether their keys count.").With(whose)
            .Does(console, async (call, cancellationToken) =>
            {
                var devices = await ShownDevice.OfAsync(call, await UserAsync(call, call.Value(whose), cancellationToken), cancellationToken);
                call.Output.Result(new ShownDevices(devices), CliJson.Default.ShownDevices, devices.Count.ToString(), text =>
                {
                    foreach (var device in devices)
                    {
                        text.WriteLine($"{Listing.OneLine(device.Name ?? "(no name)")}: {device.State}"
                            + (device.ValidUntil is { } until ? $", certified until {Details.Time(until)}" : "") + (device.IsThis ? ", this one" : ""));
                        text.WriteLine($"    {device.Fingerprint}");
                    }

                    if (devices.Count == 0)
                    {
                        text.WriteLine("None is certified yet.");
                    }
                });
            });
    }

    private static Command Remove(CliConsole console)
    {
        var which = new Argument<string>("device") { Description = "Its name, or the fingerprint that 'keys device list' shows." };
        var whose = new Option<string?>("--user") { Description = "Whose, id or name; yours by default.", HelpName = "PERSON" };
        return new Command("remove", "Nothing new is sealed to a device any more. One that was lost or stolen is revoked, too.")
            .With(which, whose).Does(console, async (call, cancellationToken) =>
            {
                var user = await UserAsync(call, call.Value(whose), cancellationToken);
                var device = Find(await ShownDevice.OfAsync(call, user, cancellationToken), call.Required(which), user);
                await call.Client.Users.RemoveDeviceAsync(user.Id, device.Key, cancellationToken);
                call.Output.Result(device, CliJson.Default.ShownDevice, device.Fingerprint,
                    text => text.WriteLine($"Nothing new is sealed to {Listing.OneLine(device.Name ?? device.Fingerprint)} of {Listing.OneLine(user.Name)}."));
                if (device.State == "counts")
                {
                    call.Output.Say("Its keys count still, and open what was sealed to them. If it may be in other hands, the admin revokes it: "
                        + $"vantage keys revoke '{device.Fingerprint}' --reason …");
                }
            });
    }

    private static ShownDevice Find(IReadOnlyList<ShownDevice> devices, string text, User user) =>
        devices.Where(device => device.Name == text || Matches(device, text)).ToList() switch
        {
            [var device] => device,
            [] => throw new VantageException(ErrorCodes.NotFound, $"{user.Name} has no device '{text}'.", "See: vantage keys device list"),
            _ => throw UsageException.Because($"Several devices of {user.Name} are named '{text}'.", "Give the fingerprint."),
        };

    private static bool Matches(ShownDevice device, string text) =>
        Fingerprint.Matches(text, device.Key) || (device.Fingerprint.Length > 0 && Digits(text) == Digits(device.Fingerprint));

    private static string Digits(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or ':'))).ToLowerInvariant();

    private static async Task<User> UserAsync(Invocation call, string? whose, CancellationToken cancellationToken) =>
        await call.Client.Users.GetAsync(whose is { } text
            ? await Lookup.UserAsync(call.Client, text, cancellationToken)
            : call.Home.ReadProfile().User, cancellationToken);
}
