using System.Net;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Accounts.Tokens;

namespace Vantage.Tests.Coordinator.Accounts.Tokens;

public sealed class NetworksTests
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("192.0.2.0/24", "192.0.2.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    public void OneSpellingOfANetwork_IsRead(string text, string canonical)
    {
        Assert.True(Networks.TryParse(text, out var network));
        Assert.Equal(canonical, network.Value.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 192.0.2.7")]
    [InlineData("192.0.2.1/24")]
    [InlineData("192.0.2.0/33")]
    [InlineData("192.0.2.0/")]
    [InlineData("192.0.2.0/024")]
    [InlineData("10.1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("167772161")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::ffff:192.0.2.7")]
    [InlineData("::ffff:192.0.2.0/120")]
    [InlineData("localhost")]
    [InlineData("192.0.2.7,192.0.2.8")]
    public void WhatCouldBeReadInTwoWays_IsRefused(string text) => Assert.False(Networks.TryParse(text, out _));

    [Theory]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", true)]
    [InlineData("10.0.0.0/7", "10.0.0.0/8", false)]
    [InlineData("11.0.0.0/16", "10.0.0.0/8", false)]
    [InlineData("2001:db8:1::/48", "2001:db8::/32", true)]
    [InlineData("::/0", "0.0.0.0/0", false)]
    [InlineData("0.0.0.0/0", "::/0", false)]
    public void ANetworkIsWithinAnother_WhenEachOfItsAddressesIs(string inner, string outer, bool within) =>
        Assert.Equal(within, Networks.Within(IPNetwork.Parse(inner), IPNetwork.Parse(outer)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("2001:db8::/32", "2001:db8::7", true)]
    [InlineData("2001:db8::/32", "2001:db9::7", false)]
    [InlineData("::/0", "192.0.2.7", false)]
    [InlineData("0.0.0.0/0", "2001:db8::7", false)]
    public void ACallersAddress_IsComparedAsWhatItIs(string network, string address, bool allowed) =>
        Assert.Equal(allowed, TokenTerms.Of([network]).Allow(IPAddress.Parse(address)));

    [Fact]
    public void WhoHasNoAddress_IsAllowedOnlyWhereAnyIs()
    {
        Assert.False(TokenTerms.Of(["0.0.0.0/0", "::/0"]).Allow(null));
        Assert.True(TokenTerms.Unlimited.Allow(null));
    }
}
