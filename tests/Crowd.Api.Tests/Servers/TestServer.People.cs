namespace Crowd.Api.Tests.Servers;

/// <content>Who there is, on one server as on a cluster.</content>
public partial class TestServer
{
    public const string AdministratorEmail = "administrator@crowd.example";
    public const string Password = "correct horse battery";

    private static readonly string[] Unlimited =
    [
        "--Crowd:RequestsPerSecond=0", "--Crowd:AnonymousRequestsPerSecond=0", "--Crowd:SignInsPerMinute=0",
        $"--Crowd:AdministratorEmail={AdministratorEmail}", $"--Crowd:AdministratorPassword={Password}",
    ];

    private int _names;

    /// <summary>A person who has just signed up, in a browser's session.</summary>
    public async Task<Person> SignUpAsync(string name)
    {
        var person = Anonymous;
        await person.SignUpAsync(Email(name), name);
        return person;
    }

    /// <summary>The first administrator, signed in.</summary>
    public async Task<Person> AdministratorAsync()
    {
        var person = Anonymous;
        await person.SignInAsync(AdministratorEmail, Password);
        return person;
    }

    /// <summary>An e-mail address nobody has had.</summary>
    public string Email(string name) => $"{name.ToLowerInvariant().Replace(' ', '.')}.{Interlocked.Increment(ref _names)}@crowd.example";
}
