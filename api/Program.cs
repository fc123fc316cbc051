using Crowd.Api.CommandLine;

return await Root.RunAsync(args);
