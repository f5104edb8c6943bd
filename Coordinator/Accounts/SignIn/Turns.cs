using System.Net;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SignIn;

/// <summary>By what sign-ins are slowed down: the name that was tried, the address it came from, and codes after a right password.</summary>
internal sealed class Turns(AccountSettings settings)
{
    private readonly Delay names = new(settings.FreeFailures, settings.LongestDelay, TimeSpan.FromHours(1));
    private readonly Delay addresses = new(settings.FreeFailuresOfAddress, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1));

    // Six digits are few: whoever has the password gets at most two dozen guesses a day.
    private readonly Delay codes = new(settings.FreeFailures, TimeSpan.FromHours(1), TimeSpan.FromDays(1));

    public Counted Name(string typed) => new($"name:{Login.Normal(typed)}", names);

    public Counted Code(UserId user) => new($"code:{user}", codes);

    /// <summary>One household of IPv6 addresses counts as one: its owner has all of them.</summary>
    public Counted Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return new($"address:{Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 ? 8 : bytes.Length))}", addresses);
    }
}
