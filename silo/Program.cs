using Crowd.Payments;
using Crowd.Silo.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// The headless server: grains and reactors without the API.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddCrowd(new()
{
    Database = builder.Configuration.GetConnectionString("crowd") ?? CrowdOptions.DefaultDatabase,
    Cluster = ClusterSettings.From(name => builder.Configuration[name], member: true),
    Stripe = StripeOptions.From(name => builder.Configuration[name]),
});
await builder.Build().RunAsync();
return Environment.ExitCode;
